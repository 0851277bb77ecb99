package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** One answer to SubscribeToShard: pushes events until the shard or the subscription ends. Runs on its channel's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a client that left needs no answer
final class ScriptedSession {

    private static final long EVENT_MILLIS = 100;

    private final Channel channel;
    private final Wire wire;
    private final ScriptedStream stream;
    private final Optional<Fault> fault;
    private final Runnable sent;
    private String iterator;
    private int events;
    private boolean ended;

    ScriptedSession(
            Channel channel, Wire wire, ScriptedStream stream, String iterator, Optional<Fault> fault, Runnable sent) {
        this.channel = channel;
        this.wire = wire;
        this.stream = stream;
        this.iterator = iterator;
        this.fault = fault;
        this.sent = sent;
    }

    void begin(long lifeMillis) {
        DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/vnd.amazon.eventstream");
        channel.writeAndFlush(response);
        send(Map.of(":message-type", "event", ":event-type", "initial-response"), wire.object());
        channel.eventLoop().schedule(this::end, lifeMillis, TimeUnit.MILLISECONDS);
        push();
    }

    /** Ends the subscription, as AWS does after five minutes and when another one takes over. */
    void end() {
        if (!ended) {
            ended = true;
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private void push() {
        if (ended || !channel.isActive()) {
            return;
        }
        if (events > 0 && fault.isPresent() && !(fault.get() instanceof Fault.Changed)) {
            misbehave(fault.get());
            return;
        }
        ScriptedStream.Page page = stream.records(iterator, 10_000);
        ObjectNode event = wire.object();
        event.set("Records", wire.records(page.records()));
        event.put("MillisBehindLatest", page.millisBehindLatest());
        if (page.next() == null) {
            event.set("ChildShards", wire.children(page.children()));
        } else {
            event.put("ContinuationSequenceNumber", page.after().toString());
        }
        if (fault.isPresent() && fault.get() instanceof Fault.Changed changed) {
            changed.change().accept(event);
        }
        send(Map.of(":message-type", "event", ":event-type", "SubscribeToShardEvent"), event);
        events++;
        sent.run();
        if (page.next() == null) {
            end();
        } else {
            iterator = page.next();
            channel.eventLoop().schedule(this::push, EVENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void misbehave(Fault what) {
        ended = true;
        if (what instanceof Fault.ResetAfterEvent) {
            ScriptedKinesis.reset(channel);
        } else if (what instanceof Fault.ErrorAfterEvent failing) {
            ObjectNode body = wire.object().put("message", failing.error().getMessage());
            send(
                    Map.of(
                            ":message-type",
                            "exception",
                            ":exception-type",
                            failing.error().type()),
                    body);
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private void send(Map<String, String> headers, ObjectNode payload) {
        Map<String, HeaderValue> all = new LinkedHashMap<>();
        headers.forEach((name, value) -> all.put(name, HeaderValue.fromString(value)));
        all.put(":content-type", HeaderValue.fromString(wire.contentType()));
        Message message = new Message(all, wire.write(payload));
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(message.toByteBuffer())));
    }
}

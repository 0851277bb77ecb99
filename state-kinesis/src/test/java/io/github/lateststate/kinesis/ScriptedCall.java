package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Handles one call. It asks the script first. */
@SuppressWarnings("FutureReturnValueIgnored") // a client that left needs no answer
final class ScriptedCall extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final Script script;
    private final Operations operations;
    private final ScriptedFanOut fanOut;

    ScriptedCall(Script script, Operations operations, ScriptedFanOut fanOut) {
        this.script = script;
        this.operations = operations;
        this.fanOut = fanOut;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http) {
        Wire wire = Wire.of(http.headers().get(HttpHeaderNames.CONTENT_TYPE, ""));
        String target = http.headers().get("x-amz-target", "");
        String operation = target.substring(target.indexOf('.') + 1);
        JsonNode request = wire.read(ByteBufUtil.getBytes(http.content()));
        Channel channel = context.channel();
        if (!http.headers().get("amz-sdk-request", "attempt=1").startsWith("attempt=1")) {
            script.repeated(operation);
        }
        Optional<Fault> fault = script.called(operation, request);
        try {
            if (fault.isPresent() && fault.get() instanceof Fault.Answer answer) {
                throw answer.error();
            }
            if (fault.isPresent() && fault.get() instanceof Fault.Hang) {
                return;
            }
            if (fault.isPresent() && fault.get() instanceof Fault.Reset) {
                ScriptedKinesis.reset(channel);
                return;
            }
            if (operation.equals("SubscribeToShard")) {
                fanOut.subscribe(request, wire, channel, fault);
                return;
            }
            if (fault.isPresent() && fault.get() instanceof Fault.InJson json) {
                Wire other = Wire.of("application/x-amz-json-1.1");
                ObjectNode answer = json.status() == 200
                        ? operations.answer(operation, request, other)
                        : other.object().put("__type", "SerializationException");
                write(channel, other, json.status(), other.write(answer));
                return;
            }
            ObjectNode answer = operations.answer(operation, request, wire);
            if (fault.isPresent() && fault.get() instanceof Fault.Changed changed) {
                changed.change().accept(answer);
            }
            if (fault.isPresent() && fault.get() instanceof Fault.Slow slow) {
                writeSlowly(channel, wire, wire.write(answer), slow.parts());
                return;
            }
            boolean empty = fault.isPresent() && fault.get() instanceof Fault.NoBody;
            write(channel, wire, 200, empty ? new byte[0] : wire.write(answer));
        } catch (KinesisError e) {
            write(
                    channel,
                    wire,
                    e.status(),
                    wire.write(wire.object().put("__type", e.type()).put("message", e.getMessage())));
        }
    }

    private static void writeSlowly(Channel channel, Wire wire, byte[] bytes, int parts) {
        DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, wire.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        channel.writeAndFlush(response);
        for (int part = 1; part <= parts; part++) {
            int from = (int) ((long) bytes.length * (part - 1) / parts);
            int to = (int) ((long) bytes.length * part / parts);
            ByteBuf content = Unpooled.wrappedBuffer(bytes, from, to - from);
            HttpContent last = part < parts ? new DefaultHttpContent(content) : new DefaultLastHttpContent(content);
            channel.eventLoop().schedule(() -> channel.writeAndFlush(last), part, TimeUnit.SECONDS);
        }
    }

    private static void write(Channel channel, Wire wire, int status, byte[] bytes) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(bytes));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, wire.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length)
                .set("x-amzn-requestid", "scripted");
        channel.writeAndFlush(response);
    }
}

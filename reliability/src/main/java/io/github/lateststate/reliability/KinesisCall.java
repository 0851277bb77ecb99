package io.github.lateststate.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** One call of the SDK: passed on to the emulator, or answered with the current fault. */
final class KinesisCall extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();
    private static final List<String> PASSED_ON =
            List.of("content-type", "x-amz-target", "x-amz-date", "authorization", "x-amz-security-token");

    /** How many of ten calls a fault hits. */
    private static final int HIT = 8;

    private final HttpClient behind;
    private final URI target;
    private final Supplier<KinesisFault> fault;

    KinesisCall(HttpClient behind, URI target, Supplier<KinesisFault> fault) {
        this.behind = behind;
        this.target = target;
        this.fault = fault;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext call, FullHttpRequest request) throws IOException {
        String operation = String.valueOf(request.headers().get("x-amz-target"));
        String type = String.valueOf(request.headers().get(HttpHeaderNames.CONTENT_TYPE));
        byte[] body = ByteBufUtil.getBytes(request.content());
        KinesisFault now = ThreadLocalRandom.current().nextInt(10) < HIT ? fault.get() : KinesisFault.NONE;
        switch (now) {
            case THROTTLING -> refuse(call, type, 400, "ProvisionedThroughputExceededException");
            case FAILING -> refuse(call, type, 500, "InternalFailure");
            case CUTTING -> cut(call);
            case SILENT -> {
                // the client waits
            }
            case EMPTY_PAGES -> {
                if (operation.endsWith(".GetRecords")) {
                    emptyPage(call, type, body);
                } else {
                    passOn(call, request, body);
                }
            }
            case NONE -> passOn(call, request, body);
        }
    }

    private void passOn(ChannelHandlerContext call, FullHttpRequest request, byte[] body) {
        HttpRequest.Builder copy = HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : PASSED_ON) {
            String value = request.headers().get(header);
            if (value != null) {
                copy.header(header, value);
            }
        }
        var unused = behind.sendAsync(copy.build(), HttpResponse.BodyHandlers.ofByteArray())
                .whenComplete((answer, failure) -> {
                    if (answer == null) {
                        cut(call);
                    } else {
                        String type =
                                answer.headers().firstValue("content-type").orElse("application/x-amz-json-1.1");
                        answer(call, type, answer.statusCode(), answer.body());
                    }
                });
    }

    private static void cut(ChannelHandlerContext call) {
        var unused = call.channel().close();
    }

    private static void refuse(ChannelHandlerContext call, String type, int status, String error) throws IOException {
        ObjectMapper mapper = mapper(type);
        ObjectNode node = mapper.createObjectNode().put("__type", error).put("message", "as AWS does on a bad day");
        answer(call, type, status, mapper.writeValueAsBytes(node));
    }

    /** An empty page: the next page begins where this one began. */
    private static void emptyPage(ChannelHandlerContext call, String type, byte[] body) throws IOException {
        ObjectMapper mapper = mapper(type);
        JsonNode asked = mapper.readTree(body);
        ObjectNode page = mapper.createObjectNode();
        page.putArray("Records");
        page.set("NextShardIterator", asked.path("ShardIterator"));
        page.put("MillisBehindLatest", 60_000);
        answer(call, type, 200, mapper.writeValueAsBytes(page));
    }

    private static void answer(ChannelHandlerContext call, String type, int status, byte[] body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        var unused = call.writeAndFlush(response);
    }

    private static ObjectMapper mapper(String type) {
        return type.contains("cbor") ? CBOR : JSON;
    }
}

package io.github.lateststate.kinesis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Detects whether a client speaks HTTP/1.1, or HTTP/2 with prior knowledge. */
@SuppressWarnings("FutureReturnValueIgnored") // a client that left needs no answer
final class ScriptedProtocol extends ByteToMessageDecoder {

    private static final String PREFACE = "PRI ";
    private static final String REFUSAL = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";

    private final Consumer<ChannelPipeline> http1;
    private final Consumer<ChannelPipeline> http2;
    private final BooleanSupplier speaksHttp2;

    ScriptedProtocol(Consumer<ChannelPipeline> http1, Consumer<ChannelPipeline> http2, BooleanSupplier speaksHttp2) {
        this.http1 = http1;
        this.http2 = http2;
        this.speaksHttp2 = speaksHttp2;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        if (bytes.readableBytes() < PREFACE.length()) {
            return;
        }
        boolean isHttp2 =
                bytes.toString(bytes.readerIndex(), PREFACE.length(), US_ASCII).equals(PREFACE);
        if (isHttp2 && !speaksHttp2.getAsBoolean()) {
            bytes.skipBytes(bytes.readableBytes());
            context.writeAndFlush(Unpooled.copiedBuffer(REFUSAL, US_ASCII)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        (isHttp2 ? http2 : http1).accept(context.pipeline());
        context.pipeline().remove(this);
    }
}

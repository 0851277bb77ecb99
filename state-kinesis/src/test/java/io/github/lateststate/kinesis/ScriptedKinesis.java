package io.github.lateststate.kinesis;

import io.github.lateststate.spi.SubscriptionSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * A small server that speaks the Kinesis protocol to the real SDK, over HTTP/1.1 and HTTP/2 with prior knowledge on
 * 127.0.0.1. It serves one simulated stream, and misbehaves as its script says.
 */
final class ScriptedKinesis implements AutoCloseable {

    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final NioEventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory("scripted-kinesis"));
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Script script = new Script();
    private final ScriptedStream stream;
    private final Operations operations;
    private final ScriptedFanOut fanOut;
    private final Channel server;
    private volatile boolean speaksHttp2 = true;

    ScriptedKinesis(ScriptedStream stream) {
        this.stream = stream;
        operations = new Operations(stream);
        fanOut = new ScriptedFanOut(stream, operations);
        server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.add(connection);
                        connection
                                .pipeline()
                                .addLast(new ScriptedProtocol(
                                        pipeline -> pipeline.addLast(
                                                new HttpServerCodec(),
                                                new HttpObjectAggregator(MOST_BYTES),
                                                new ScriptedCall(script, operations, fanOut)),
                                        pipeline -> pipeline.addLast(
                                                Http2FrameCodecBuilder.forServer()
                                                        .build(),
                                                new Http2MultiplexHandler(perCall())),
                                        () -> speaksHttp2));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** Refuses HTTP/2 from now on, like a server that does not know it. */
    void speakHttp1Only() {
        speaksHttp2 = false;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
    }

    /** How to follow its stream. */
    SubscriptionSettings settings() {
        return TestStreams.settings(endpoint(), stream.name());
    }

    Script script() {
        return script;
    }

    Operations operations() {
        return operations;
    }

    ScriptedFanOut fanOut() {
        return fanOut;
    }

    /** How many connections are open. */
    int connections() {
        return connections.size();
    }

    /** Closes the connection of a call with an RST. */
    static void reset(Channel call) {
        Channel connection = call instanceof Http2StreamChannel ? call.parent() : call;
        connection.config().setOption(ChannelOption.SO_LINGER, 0);
        connection.unsafe().closeForcibly(); // not close(): HTTP/2 would send a GOAWAY
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private ChannelInitializer<Channel> perCall() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel call) {
                call.pipeline()
                        .addLast(
                                new Http2StreamFrameToHttpObjectCodec(true),
                                new HttpObjectAggregator(MOST_BYTES),
                                new ScriptedCall(script, operations, fanOut));
            }
        };
    }
}

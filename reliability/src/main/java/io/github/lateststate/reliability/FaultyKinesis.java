package io.github.lateststate.reliability;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.TimeUnit;

/** Passes calls to the emulator, and misbehaves as AWS does on a bad day. It speaks HTTP/1.1, as polling does, on 127.0.0.1. */
final class FaultyKinesis implements AutoCloseable {

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final NioEventLoopGroup threads = new NioEventLoopGroup(1, new DefaultThreadFactory("faulty-kinesis"));
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final HttpClient behind =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Channel server;
    private volatile KinesisFault fault = KinesisFault.NONE;

    FaultyKinesis(URI target) {
        server = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.add(connection);
                        connection
                                .pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(MOST_BYTES),
                                        new KinesisCall(behind, target, () -> fault));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort());
    }

    void answerWith(KinesisFault next) {
        fault = next;
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

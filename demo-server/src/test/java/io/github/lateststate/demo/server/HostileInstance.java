package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Stands in for an instance of demo-server, and answers what it likes until the test ends. Lets every page read it. */
final class HostileInstance implements AfterEachCallback {

    /** What it answers with. */
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private @Nullable HttpServer server;

    HostileInstance(int port) {
        this.port = port;
    }

    void answer(String type, Answer answer) throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server = started;
        started.setExecutor(threads);
        started.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
                exchange.sendResponseHeaders(200, 0);
                answer.write(exchange.getResponseBody());
            }
        });
        started.start();
    }

    /** Keeps the answer open until the test ends. */
    static void keepOpen(OutputStream out) throws IOException {
        out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static byte[] event(String name, String data) {
        return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(UTF_8);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        threads.shutdownNow();
        if (server != null) {
            server.stop(0);
        }
    }
}

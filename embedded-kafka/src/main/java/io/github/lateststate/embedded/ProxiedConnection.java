package io.github.lateststate.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** One client's connection through a proxy, with the connection to the target. Thread-safe. */
final class ProxiedConnection {

    private static final int PIECE = 1 << 16;

    private final Socket client;
    private final Socket target = new Socket();
    private final int targetPort;
    private final NetworkConditions conditions;
    private final Consumer<ProxiedConnection> closed;
    private final SentRequests requests = new SentRequests();
    private volatile boolean silent;

    ProxiedConnection(Socket client, int targetPort, NetworkConditions conditions, Consumer<ProxiedConnection> closed) {
        this.client = client;
        this.targetPort = targetPort;
        this.conditions = conditions;
        this.closed = closed;
    }

    static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    void start() {
        thread(name() + "-requests", () -> {
            try {
                target.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), targetPort));
                client.setTcpNoDelay(true);
                target.setTcpNoDelay(true);
            } catch (IOException e) {
                close();
                return;
            }
            thread(name() + "-answers", () -> forward(target, client, (bytes, length) -> {}));
            forward(client, target, requests::sent);
        });
    }

    void killSilently() {
        silent = true;
    }

    /** Whether the client has fetched records on this connection. */
    boolean fetched() {
        return requests.contain(SentRequests.FETCH);
    }

    void close() {
        closed.accept(this);
        close(client);
        close(target);
    }

    private String name() {
        return "proxy-to-" + targetPort;
    }

    private void forward(Socket from, Socket to, ObjIntConsumer<byte[]> observer) {
        byte[] piece = new byte[PIECE];
        try {
            for (int read = from.getInputStream().read(piece);
                    read >= 0;
                    read = from.getInputStream().read(piece)) {
                observer.accept(piece, read);
                conditions.await();
                if (!silent) { // otherwise the data is read and dropped, so that the end of the connection is noticed
                    to.getOutputStream().write(piece, 0, read);
                }
            }
        } catch (IOException e) {
            // one side is gone, so the other one is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // then the socket is already unusable, as intended
        }
    }
}

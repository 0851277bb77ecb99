package io.github.lateststate.demo.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A client that can send what no library would send. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private static final int LITTLE = 8_192;

    private final Socket socket;

    RawClient(int port) throws IOException {
        this(port, new Socket());
    }

    private RawClient(int port, Socket socket) throws IOException {
        this.socket = socket;
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** A client for which the system buffers little of what it does not read. */
    static RawClient thatReadsLittle(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(LITTLE);
        return new RawClient(port, socket);
    }

    /** Sends one request, which asks to close the connection, and returns the whole answer. */
    static String answer(int port, String requestLine, String... headers) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
            return client.rest();
        }
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Reads up to the end of the connection. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Returns the part of the answer that arrives within that time, or an empty text. */
    String next(int millis) throws IOException {
        byte[] part = new byte[8_192];
        socket.setSoTimeout(millis);
        try {
            int length = socket.getInputStream().read(part);
            return new String(part, 0, Math.max(length, 0), ISO_8859_1);
        } catch (SocketTimeoutException e) {
            return "";
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Aborts the connection with a reset. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

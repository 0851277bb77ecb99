package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client of the stream with its own socket. It reads when the test reads. */
final class EventReader implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int SMALL = 4_096;

    private final Socket socket = new Socket();
    private final BufferedReader lines;

    EventReader(int port) throws IOException {
        this(port, "/state/stream");
    }

    EventReader(int port, String path) throws IOException {
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), SMALL);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
                                + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(UTF_8));
    }

    /** The data of the next event of that name. Skips other events. */
    String next(String event) throws IOException {
        lineThatStartsWith("event: " + event);
        return lineThatStartsWith("data: ").substring("data: ".length());
    }

    /** The lines of the chunks are between those of the events. */
    String lineThatStartsWith(String start) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(start)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new EOFException("no line that starts with " + start);
        }
        return line;
    }

    /** Waits for the last chunk. A connection that is cut off has none. */
    void awaitEnd() throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals("0")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new EOFException("the answer has no end");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

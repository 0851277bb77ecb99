package io.github.lateststate.demo.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Where the server listens. */
public record HttpAddress(String host, int port) {

    private static final int HIGHEST_PORT = 65_535;

    /** Reads HOST and PORT. Without them it is port 8000 of 127.0.0.1. */
    public static HttpAddress of(Map<String, String> env) {
        String host = env.getOrDefault("HOST", "127.0.0.1");
        if (host.isBlank()) {
            throw new CannotStartException("HOST is empty: write a name or an address of this machine, or unset it.");
        }
        return new HttpAddress(host, port(env.getOrDefault("PORT", "8000")));
    }

    /** Returns the URL of a server that listens here. An IPv6 address is in brackets. */
    public String url(int actualPort) {
        return "http://" + authority(actualPort);
    }

    /** Checks the port before anything is started that would have to be stopped again. */
    public void requireFree() {
        try {
            listen(port);
        } catch (IOException e) {
            throw notUsable(e);
        }
    }

    /** Returns the exception to throw if listening failed. */
    public CannotStartException notUsable(Throwable cause) {
        if (!isOfThisMachine()) { // so its value may be anything, even a secret
            return new CannotStartException(
                    "HOST is not a name or an address of this machine: set it to one, or unset it.");
        }
        return new CannotStartException(
                "Cannot listen on " + authority(port) + " (" + cause.getMessage()
                        + "). Stop the program that listens there, or set another HOST or PORT.",
                cause);
    }

    private String authority(int withPort) {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + withPort;
    }

    private boolean isOfThisMachine() {
        try {
            listen(0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Listens for a moment. */
    private void listen(int onPort) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, onPort));
        }
    }

    private static int port(String text) {
        int port = numberOrMinusOne(text);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new CannotStartException("PORT is not a port: write a number from 0 (any free one) to 65535.");
        }
        return port;
    }

    private static int numberOrMinusOne(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

package io.github.lateststate.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The loopback ports of the brokers. */
final class Ports {

    static final String HOST = "127.0.0.1";

    /**
     * Free ports are taken from below the range that systems hand to outgoing connections. A port from that range can be lost while
     * the broker is stopped: a client that keeps trying to reach it may be given that very port, and be connected to itself.
     */
    private static final int LOWEST = 20_000;

    private static final int BEYOND = 32_000;

    /** Counts up, so that a JVM returns no port twice. Starts at random, so that two JVMs do not try the same ports. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(BEYOND - LOWEST));

    private Ports() {}

    static int free() {
        while (true) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), BEYOND - LOWEST);
            try {
                tryToListen(port);
                return port;
            } catch (IOException e) {
                // taken: try the next one
            }
        }
    }

    /** The address of a port on this machine. */
    static String address(int port) {
        return HOST + ":" + port;
    }

    /** The port of an address. */
    static int of(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    static void requireFree(int port) {
        try {
            tryToListen(port);
        } catch (IOException e) {
            throw new PortInUseException(HOST, port, e);
        }
    }

    private static void tryToListen(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            // a port whose last connections are in TIME_WAIT is free, for the broker as well
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        }
    }
}

package io.github.lateststate.embedded;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kinds of requests that a client has sent on one connection. Each request begins with its length in four bytes, which does not count
 * itself, and the key of its kind in two, as Kafka's protocol guide says. One thread calls {@link #sent}; any may ask.
 */
final class SentRequests {

    /** The key of a Fetch request. */
    static final short FETCH = 1;

    private static final int LENGTH_BYTES = 4;

    private final ByteBuffer begin = ByteBuffer.allocate(LENGTH_BYTES + Short.BYTES);
    private final Set<Short> kinds = ConcurrentHashMap.newKeySet();
    private int leftOfRequest;

    /** Takes the next bytes that the client sent. */
    void sent(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            if (leftOfRequest > 0) {
                int skipped = Math.min(leftOfRequest, length - at);
                leftOfRequest -= skipped;
                at += skipped;
            } else {
                begin.put(bytes[at++]);
                if (!begin.hasRemaining()) {
                    kinds.add(begin.getShort(LENGTH_BYTES));
                    leftOfRequest = begin.getInt(0) - Short.BYTES;
                    begin.clear();
                }
            }
        }
    }

    boolean contain(short kind) {
        return kinds.contains(kind);
    }
}

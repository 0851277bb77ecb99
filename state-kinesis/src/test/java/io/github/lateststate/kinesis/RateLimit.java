package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Limits the calls a second of each kind, shared by all callers. */
final class RateLimit {

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Map<String, Deque<Instant>> served = new HashMap<>();

    /** Whether one more call is served now; if so, it counts. */
    boolean admits(String what, int callsPerSecond, Instant now) {
        Deque<Instant> recent = served.computeIfAbsent(what, none -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.getFirst().isAfter(now.minus(WINDOW))) {
            recent.removeFirst();
        }
        if (recent.size() >= callsPerSecond) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}

package io.github.lateststate.benchmarks.followers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** When each value first became readable, and for how many followers. Thread-safe. */
final class Arrivals {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Map<Long, List<Long>> nanosByVersion = new HashMap<>();

    /**
     * Returns what one follower of a topic calls when it can read a value. A value of that topic that is not newer does
     * not count.
     */
    Consumer<String> of(String topic) {
        AtomicLong last = new AtomicLong(-1);
        return value -> {
            long now = System.nanoTime();
            if (value.startsWith(topic + " ")) {
                long version = Long.parseLong(value.substring(topic.length() + 1));
                if (last.getAndSet(version) < version) {
                    arrived(version, now);
                }
            }
        };
    }

    private synchronized void arrived(long version, long nanos) {
        nanosByVersion.computeIfAbsent(version, key -> new ArrayList<>()).add(nanos);
        notifyAll();
    }

    /**
     * Waits until this many followers can read that version. Returns when each of them first could, by
     * {@link System#nanoTime()}.
     */
    synchronized List<Long> await(long version, int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        List<Long> arrived = nanosByVersion.computeIfAbsent(version, key -> new ArrayList<>());
        while (arrived.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("Only " + arrived.size() + " of " + count + " hold version " + version);
            }
            wait(left);
        }
        return List.copyOf(arrived);
    }
}

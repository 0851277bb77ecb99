package io.github.lateststate.benchmarks.followers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** When which value could first be read by how many. Thread-safe. */
final class Arrivals {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

    private final Map<Long, List<Long>> nanosByVersion = new HashMap<>();

    /** Returns what one follower of a topic is to call when it can read a value. Other values than those of the topic do not count. */
    java.util.function.Consumer<String> of(String topic) {
        return value -> {
            long now = System.nanoTime();
            if (value.startsWith(topic + " ")) {
                arrived(Long.parseLong(value.substring(topic.length() + 1)), now);
            }
        };
    }

    private synchronized void arrived(long version, long nanos) {
        nanosByVersion.computeIfAbsent(version, key -> new ArrayList<>()).add(nanos);
        notifyAll();
    }

    /** Waits until that many could read that version; returns when each of them first could, by {@link System#nanoTime()}. */
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
        if (arrived.size() > count) {
            throw new IllegalStateException(arrived.size() + " arrivals of version " + version + ", not " + count);
        }
        return List.copyOf(arrived);
    }
}

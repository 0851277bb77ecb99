package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** A loop whose time passes only from one task to the next, so that days are over in an instant. Used by one thread. */
final class SimulatedLoop implements Loop, InstantSource {

    private record Task(Instant at, long number, Runnable action) {}

    private static final Duration PATIENCE = Duration.ofDays(2);

    private final Queue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::number));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long number;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(now, number++, task));
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Task timed = new Task(now.plus(delay), number++, task);
        tasks.add(timed);
        return () -> tasks.remove(timed);
    }

    /** Runs until something has happened. */
    void runUntil(BooleanSupplier happened) {
        Instant end = now.plus(PATIENCE);
        while (!happened.getAsBoolean()) {
            if (now.isAfter(end)) {
                throw new AssertionError("it has not happened for " + PATIENCE);
            }
            runNext();
        }
    }

    /** Runs for a time. */
    void runFor(Duration time) {
        Instant end = now.plus(time);
        Task next = tasks.peek();
        while (next != null && !next.at().isAfter(end)) {
            runNext();
            next = tasks.peek();
        }
        now = end;
    }

    private void runNext() {
        Task next = tasks.poll();
        if (next == null) {
            throw new AssertionError("at " + now + " there is nothing left to do");
        }
        now = next.at();
        next.action().run();
    }
}

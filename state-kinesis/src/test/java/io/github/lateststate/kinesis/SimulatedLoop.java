package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A loop whose clock the test controls. Any number of instances share it. */
final class SimulatedLoop implements Loop {

    private static final class Task {

        private final Instant due;
        private final long number;
        private final Runnable action;
        private boolean cancelled;

        Task(Instant due, long number, Runnable action) {
            this.due = due;
            this.number = number;
            this.action = action;
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.<Task, Instant>comparing(task -> task.due).thenComparing(task -> task.number));
    private Instant now;
    private long made;

    SimulatedLoop() {
        this(Instant.parse("2026-11-21T12:00:00Z"));
    }

    SimulatedLoop(Instant now) {
        this.now = now;
    }

    @Override
    public long nanoTime() {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public Loop.Timer after(Duration delay, Runnable action) {
        Task task = new Task(now.plus(delay), made++, action);
        tasks.add(task);
        return () -> task.cancelled = true;
    }

    /** Lets time pass. */
    void run(Duration time) {
        Instant end = now.plus(time);
        while (!tasks.isEmpty() && !tasks.peek().due.isAfter(end)) {
            next();
        }
        now = end;
    }

    /** Lets time pass until something has happened. Returns how long that took, and fails if it takes too long. */
    Duration runUntil(BooleanSupplier happened, Duration most) {
        Instant begin = now;
        while (!happened.getAsBoolean()) {
            if (tasks.isEmpty() || tasks.peek().due.isAfter(begin.plus(most))) {
                throw new AssertionError("It did not happen within " + most);
            }
            next();
        }
        return Duration.between(begin, now);
    }

    private void next() {
        Task task = tasks.remove();
        now = task.due;
        if (!task.cancelled) {
            task.action.run();
        }
    }
}

package io.github.lateststate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until the test moves it. */
public final class ManualClock implements TimeSource {

    private final AtomicLong nanos = new AtomicLong();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    /** Sets the wall clock back, as an operator may. The monotonic clock goes on. */
    void setBack(Duration by) {
        now = now.minus(by);
    }

    public Instant advance(Duration by) {
        nanos.addAndGet(by.toNanos());
        now = now.plus(by);
        return now;
    }
}

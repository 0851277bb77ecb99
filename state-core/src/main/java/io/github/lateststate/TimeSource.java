package io.github.lateststate;

import java.time.Instant;
import java.time.InstantSource;

/** The two clocks: the wall clock for what people see, the monotonic one for the time between events. */
interface TimeSource extends InstantSource {

    TimeSource SYSTEM = new TimeSource() {
        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    /** Nanoseconds since some moment; setting the wall clock does not change it. */
    long nanoTime();
}

package io.github.lateststate;

import java.time.Instant;
import java.time.InstantSource;

/** The two clocks: the wall clock for times that people see, the monotonic clock for the time between events. */
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

    /** Nanoseconds since some moment. Setting the wall clock does not change it. */
    long nanoTime();
}

package io.github.lateststate.reliability;

import java.time.Duration;

/**
 * Something that goes wrong for a while.
 *
 * @param name what a person calls it
 * @param kind faults of one kind do not overlap
 * @param most the longest time from its begin to its end; zero if it is over as soon as it has begun
 * @param begin begins it
 * @param end ends it and returns when it has ended
 */
record Fault(String name, Kind kind, Duration most, Step begin, Step end) {

    enum Kind {
        NETWORK,
        BROKER,
        LOG,
        DECODER;

        /** A log cannot be changed while the broker is away. */
        boolean excludes(Kind other) {
            return this == other || (this == BROKER && other == LOG) || (this == LOG && other == BROKER);
        }
    }

    /** Does something that can fail. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    static Fault momentary(String name, Kind kind, Step what) {
        return new Fault(name, kind, Duration.ZERO, what, () -> {});
    }
}

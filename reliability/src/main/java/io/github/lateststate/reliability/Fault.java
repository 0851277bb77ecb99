package io.github.lateststate.reliability;

import java.time.Duration;

/**
 * Something that goes wrong for a while.
 *
 * @param name its name for people
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
        DECODER,
        /** A broker is cut off from the others, and states still reach it. */
        ISOLATION;

        /**
         * A log cannot be changed while a broker is away. While a broker is isolated, the states must reach another
         * one: a client that reaches only an isolated leader cannot know that there is a newer one.
         */
        boolean excludes(Kind other) {
            return switch (this) {
                case NETWORK -> other == NETWORK || other == ISOLATION;
                case BROKER, LOG -> other == BROKER || other == LOG || other == ISOLATION;
                case DECODER -> other == DECODER;
                case ISOLATION -> other != DECODER;
            };
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

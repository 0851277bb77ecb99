package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;

/**
 * When to read at the tip while a look-back reads further back. Otherwise the iterator there would expire; and if a new
 * record is accepted, the search ends.
 */
final class TipVisits {

    /** How often, if there were enough other reads in between. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    private static final int EVERY_READS = 4;

    /** How often if reads are rare. */
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(2);

    private Instant last = Instant.MIN;
    private int readsSince;

    /** Notes that the tip was read. */
    void visited(Instant now) {
        last = now;
        readsSince = 0;
    }

    /** Notes that another place was read. */
    void readElsewhere() {
        readsSince++;
    }

    boolean isDue(Instant now) {
        Duration every = readsSince < EVERY_READS ? AT_LEAST_EVERY : EVERY;
        return readsSince > 0 && last.plus(every).isBefore(now);
    }
}

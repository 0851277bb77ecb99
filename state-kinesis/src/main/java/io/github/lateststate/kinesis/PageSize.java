package io.github.lateststate.kinesis;

/**
 * How many records to ask for. A server may be silent because it takes long to make a large page: then a smaller one is asked
 * for, and with each answer a larger one again. Belongs to a loop's thread.
 */
final class PageSize {

    /** As many as Kinesis returns. */
    static final int MOST = 10_000;

    private static final int REDUCED_BY = 4;
    private static final int RAISED_BY = 2;

    private int records = MOST;

    /** For the next read. */
    int records() {
        return records;
    }

    /** Says that there was no answer to the last read. */
    void silence() {
        records = Math.max(1, records / REDUCED_BY);
    }

    /** Says that there was one. */
    void answer() {
        records = Math.min(MOST, records * RAISED_BY);
    }
}

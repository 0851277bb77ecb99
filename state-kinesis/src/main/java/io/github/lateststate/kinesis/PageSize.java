package io.github.lateststate.kinesis;

/**
 * How many records to ask for. A server may be silent because a large page takes it long. Then a smaller page is asked
 * for, and a larger one again with each answer. For one loop's thread.
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

    /** Notes that the last read got no answer. */
    void silence() {
        records = Math.max(1, records / REDUCED_BY);
    }

    /** Notes that it got one. */
    void answer() {
        records = Math.min(MOST, records * RAISED_BY);
    }
}

package io.github.lateststate.kinesis;

/** The next call that a shard reader needs. */
sealed interface Step {

    /** The way through the shard that the call is for. */
    Cursor cursor();

    /** Ask for an iterator. */
    record GetIterator(Cursor cursor, Start start) implements Step {}

    /** Read a page. */
    record GetRecords(Cursor cursor, String iterator) implements Step {}
}

package io.github.lateststate.reliability;

/**
 * A stream that is written to all the time.
 *
 * @param name the topic or stream
 * @param book what was written
 * @param writer writes it
 */
record WrittenStream(String name, Book book, Writer writer) {}

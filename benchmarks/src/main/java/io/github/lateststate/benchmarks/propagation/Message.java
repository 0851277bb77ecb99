package io.github.lateststate.benchmarks.propagation;

/**
 * The times of one message, by {@link System#nanoTime()}.
 *
 * @param sent just before it was handed to the producer
 * @param acknowledged the producer's callback
 * @param got {@code get()} returned it
 * @param notified our listener was called
 * @param looped the plain loop's field held it
 */
record Message(long sent, long acknowledged, long got, long notified, long looped) {}

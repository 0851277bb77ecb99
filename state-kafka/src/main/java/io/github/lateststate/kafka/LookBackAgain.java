package io.github.lateststate.kafka;

/**
 * A log cannot be followed any further, but can be looked back in again, from where it is known.
 *
 * @param reason why, for the log
 */
record LookBackAgain(String reason) {}

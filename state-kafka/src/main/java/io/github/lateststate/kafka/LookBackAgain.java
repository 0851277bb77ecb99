package io.github.lateststate.kafka;

/**
 * A log cannot be followed further, but a look-back from the known position can go on.
 *
 * @param reason why, for the log
 */
record LookBackAgain(String reason) {}

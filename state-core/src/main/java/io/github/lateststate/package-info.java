/**
 * For callers: {@link io.github.lateststate.LatestState} and what it hands out. Start there.
 *
 * <p>Brokers plug in through {@link io.github.lateststate.spi}; JSON is in {@link io.github.lateststate.json};
 * Micrometer's meters are in {@link io.github.lateststate.metrics}; a broker in memory for your own unit tests is in
 * {@link io.github.lateststate.testing}.
 */
@NullMarked
package io.github.lateststate;

import org.jspecify.annotations.NullMarked;

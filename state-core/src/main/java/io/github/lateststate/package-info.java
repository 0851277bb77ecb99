/**
 * For callers: {@link io.github.lateststate.LatestState} and the types that it returns. Start there.
 *
 * <p>Brokers plug in through {@link io.github.lateststate.spi}. JSON decoders are in
 * {@link io.github.lateststate.json}, meters for Micrometer in {@link io.github.lateststate.metrics}, and a broker in
 * memory for your own unit tests in {@link io.github.lateststate.testing}.
 */
@NullMarked
package io.github.lateststate;

import org.jspecify.annotations.NullMarked;

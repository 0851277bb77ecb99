/**
 * For implementers of a broker module: how a subscription runs. A subscription is a {@link io.github.lateststate.engine.Loop}, on which
 * its steps run one after the other and never wait for a broker. Each part of it owns a {@link io.github.lateststate.engine.Scope}:
 * timers, and answers that are on their way, end with it. So no part needs locks, and no part sees an answer to a question that it no
 * longer asks.
 */
@NullMarked
package io.github.lateststate.engine;

import org.jspecify.annotations.NullMarked;

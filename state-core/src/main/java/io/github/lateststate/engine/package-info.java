/**
 * For implementers of a broker module: how a subscription runs. A subscription is a
 * {@link io.github.lateststate.engine.Loop}. Its steps run one after the other. They do not wait for a broker, unless
 * its client can only block. Each part
 * owns a {@link io.github.lateststate.engine.Scope}, which ends the part's timers and drops answers that have not
 * arrived. So no part needs locks, and no part receives an answer to a question that it no longer asks.
 */
@NullMarked
package io.github.lateststate.engine;

import org.jspecify.annotations.NullMarked;

package io.github.lateststate.reliability;

import io.github.lateststate.Phase;
import java.time.Duration;
import java.util.Optional;

/**
 * A state at one moment. The status was read first and the value after it, so the value is at least as new as the
 * status promises.
 *
 * @param at when, by {@link System#nanoTime()}, before anything was read
 * @param phase the phase
 * @param newerPending whether newer data may be pending
 * @param contactAge how long ago the last contact was
 * @param shown the value, if there was one
 */
record Look(long at, Phase phase, boolean newerPending, Optional<Age> contactAge, Optional<Shown> shown) {

    /** An age that was measured twice, before and after the look, because a thread can be delayed in between. */
    record Age(Duration atLeast, Duration atMost) {}
}

/**
 * For callers whose messages only name the thing, such as a model's address and checksum:
 * {@link io.github.lateststate.resource.LatestResource} loads it, swaps it under running readers and disposes of the old one.
 * Start there. Built on the public side of {@link io.github.lateststate} alone, which is why it is a package of its own.
 */
@NullMarked
package io.github.lateststate.resource;

import org.jspecify.annotations.NullMarked;

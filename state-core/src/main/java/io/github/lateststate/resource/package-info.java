/**
 * For callers whose messages only describe a resource, such as the address and checksum of a model.
 * {@link io.github.lateststate.resource.LatestResource} loads the resource, swaps it under running readers and disposes
 * of the old one. Start there. It is a package of its own because it uses only the public API of
 * {@link io.github.lateststate}.
 */
@NullMarked
package io.github.lateststate.resource;

import org.jspecify.annotations.NullMarked;

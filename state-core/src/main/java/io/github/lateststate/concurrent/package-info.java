/**
 * Internal: threads, and the pauses between tries. Both {@code resource} and its neighbours need them, so they are public; the module
 * does not export them.
 */
@NullMarked
package io.github.lateststate.concurrent;

import org.jspecify.annotations.NullMarked;

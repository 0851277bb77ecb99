/**
 * Internal: threads, and the pauses between tries. These classes are public because several packages use them. The
 * module does not export them.
 */
@NullMarked
package io.github.lateststate.concurrent;

import org.jspecify.annotations.NullMarked;

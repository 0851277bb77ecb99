/** The time from opening to the latest state: this library, and its alternatives. */
@NullMarked
package io.github.lateststate.benchmarks.latest;

import org.jspecify.annotations.NullMarked;

/** What a thousand states in one JVM cost, while nothing happens. */
@NullMarked
package io.github.lateststate.benchmarks.states;

import org.jspecify.annotations.NullMarked;

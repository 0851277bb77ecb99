/** The cost of a thousand idle states in one JVM. */
@NullMarked
package io.github.lateststate.benchmarks.states;

import org.jspecify.annotations.NullMarked;

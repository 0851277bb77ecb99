/** Compares this library with a consumer written by hand: ways to follow a topic, also in JVMs of their own. */
@NullMarked
package io.github.lateststate.benchmarks.followers;

import org.jspecify.annotations.NullMarked;

/**
 * For people who run the benchmarks: {@link io.github.lateststate.benchmarks.Benchmarks} is the program. Each benchmark
 * has a package.
 */
@NullMarked
package io.github.lateststate.benchmarks;

import org.jspecify.annotations.NullMarked;

/** For authors of a benchmark: what it returns, and how that becomes {@code docs/benchmarks.md}. */
@NullMarked
package io.github.lateststate.benchmarks.report;

import org.jspecify.annotations.NullMarked;

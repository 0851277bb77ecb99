/**
 * For callers who measure with Micrometer: {@link io.github.lateststate.metrics.LatestStateMetrics} and
 * {@link io.github.lateststate.metrics.LatestResourceMetrics} are bound to a registry. Needs
 * {@code io.micrometer:micrometer-core} on the class path; a module that uses it requires {@code micrometer.core} as well.
 * Names and units are in {@code docs/metrics.md}.
 */
@NullMarked
package io.github.lateststate.metrics;

import org.jspecify.annotations.NullMarked;

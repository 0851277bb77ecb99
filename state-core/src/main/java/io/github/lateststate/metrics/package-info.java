/**
 * For callers who measure with Micrometer: bind {@link io.github.lateststate.metrics.LatestStateMetrics} and
 * {@link io.github.lateststate.metrics.LatestResourceMetrics} to a registry. They need
 * {@code io.micrometer:micrometer-core} on the class path; a module that uses them requires {@code micrometer.core}.
 * {@code docs/metrics.md} lists names and units.
 */
@NullMarked
package io.github.lateststate.metrics;

import org.jspecify.annotations.NullMarked;

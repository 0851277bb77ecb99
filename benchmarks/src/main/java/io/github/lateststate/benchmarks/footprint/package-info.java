/** What a service gets on its class path besides the Kafka clients. */
@NullMarked
package io.github.lateststate.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;

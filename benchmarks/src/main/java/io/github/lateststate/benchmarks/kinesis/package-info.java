/** Kinesis, in simulated time: the search for the last record, and many instances that follow one shard. */
@NullMarked
package io.github.lateststate.benchmarks.kinesis;

import org.jspecify.annotations.NullMarked;

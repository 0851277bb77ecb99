/** For authors of a benchmark on Kafka: topics full of records. */
@NullMarked
package io.github.lateststate.benchmarks.kafka;

import org.jspecify.annotations.NullMarked;

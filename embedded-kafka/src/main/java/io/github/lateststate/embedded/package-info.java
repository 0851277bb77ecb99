/**
 * A real Kafka broker for tests and demonstrations, in this JVM or in child JVMs that can be killed and frozen. To be read by whoever
 * writes a test against Kafka, or runs one without installing it; it is no way to run Kafka in production.
 */
@NullMarked
package io.github.lateststate.embedded;

import org.jspecify.annotations.NullMarked;

/**
 * A real Kafka broker for tests and demonstrations, in this JVM or in child JVMs that can be killed and frozen. Use it to test
 * against Kafka, or to run one without installing it. It is not made for production.
 */
@NullMarked
package io.github.lateststate.embedded;

import org.jspecify.annotations.NullMarked;

/** From the broker to a reader in this JVM: by this library, and by a plain poll loop beside it. */
@NullMarked
package io.github.lateststate.benchmarks.propagation;

import org.jspecify.annotations.NullMarked;

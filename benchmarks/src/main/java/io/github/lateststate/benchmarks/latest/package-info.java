/** Time from opening to the latest state: this library, and what people use instead. */
@NullMarked
package io.github.lateststate.benchmarks.latest;

import org.jspecify.annotations.NullMarked;

/** The cost of a read of the state, compared with a plain volatile read. */
@NullMarked
package io.github.lateststate.benchmarks.reading;

import org.jspecify.annotations.NullMarked;

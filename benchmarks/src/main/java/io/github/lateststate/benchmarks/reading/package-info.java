/** What a read of the state costs a thread, beside a plain volatile read. */
@NullMarked
package io.github.lateststate.benchmarks.reading;

import org.jspecify.annotations.NullMarked;

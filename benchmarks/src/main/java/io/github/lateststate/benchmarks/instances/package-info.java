/** What many instances of a service ask of one broker: when all start at once, and later. */
@NullMarked
package io.github.lateststate.benchmarks.instances;

import org.jspecify.annotations.NullMarked;

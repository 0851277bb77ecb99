/** The requests of many instances of a service to one broker, at a common start and later. */
@NullMarked
package io.github.lateststate.benchmarks.instances;

import org.jspecify.annotations.NullMarked;

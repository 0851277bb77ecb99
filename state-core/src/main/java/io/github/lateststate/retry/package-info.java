/** Internal: the pauses between tries, which both {@code spi} and {@code resource} need. The module does not export it. */
@NullMarked
package io.github.lateststate.retry;

import org.jspecify.annotations.NullMarked;

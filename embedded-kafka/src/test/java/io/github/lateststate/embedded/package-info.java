/** Tests of this module, on real brokers. */
@NullMarked
package io.github.lateststate.embedded;

import org.jspecify.annotations.NullMarked;

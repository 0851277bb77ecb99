/** Tests of the subscriber for Kinesis. */
@NullMarked
package io.github.lateststate.kinesis;

import org.jspecify.annotations.NullMarked;

/**
 * The format in which the Kinesis Producer Library (KPL) packs several user records into one Kinesis record. Not for
 * callers.
 */
@NullMarked
package io.github.lateststate.kinesis.kpl;

import org.jspecify.annotations.NullMarked;

/** The format in which the Kinesis Producer Library (KPL) packs several records of users into one Kinesis record. Not for callers. */
@NullMarked
package io.github.lateststate.kinesis.kpl;

import org.jspecify.annotations.NullMarked;

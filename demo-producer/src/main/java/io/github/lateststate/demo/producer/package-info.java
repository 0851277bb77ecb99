/** A program that sends random state messages. To be read by whoever wants to see what the demo server is told. */
@NullMarked
package io.github.lateststate.demo.producer;

import org.jspecify.annotations.NullMarked;

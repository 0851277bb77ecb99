/** A program that sends random state messages. Read it to see which messages the demo server expects. */
@NullMarked
package io.github.lateststate.demo.producer;

import org.jspecify.annotations.NullMarked;

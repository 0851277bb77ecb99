/** Tests of the demo producer, in this JVM; those of its runnable jar are in demo-server. */
@NullMarked
package io.github.lateststate.demo.producer;

import org.jspecify.annotations.NullMarked;

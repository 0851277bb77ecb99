/** Tests of the demo model: most in this JVM, those named IT against the runnable jar. */
@NullMarked
package io.github.lateststate.demo.model;

import org.jspecify.annotations.NullMarked;

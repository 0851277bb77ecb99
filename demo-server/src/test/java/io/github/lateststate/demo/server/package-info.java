/** Tests of the demo server: most against the API itself, those named IT against the runnable jars. */
@NullMarked
package io.github.lateststate.demo.server;

import org.jspecify.annotations.NullMarked;

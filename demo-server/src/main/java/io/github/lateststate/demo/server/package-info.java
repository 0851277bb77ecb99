/**
 * A web API that holds one state. To be read by whoever wants to use the library in a service: nothing in here knows which
 * broker the state comes from, except for the default run, which brings its own.
 */
@NullMarked
package io.github.lateststate.demo.server;

import org.jspecify.annotations.NullMarked;

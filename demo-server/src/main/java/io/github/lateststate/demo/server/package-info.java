/**
 * A web API that holds one state. Read it if you want to use the library in a service. Nothing in here knows which broker the state
 * comes from, except the default run, which starts its own.
 */
@NullMarked
package io.github.lateststate.demo.server;

import org.jspecify.annotations.NullMarked;

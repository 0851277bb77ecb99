/**
 * The demo server's answers compared with those of a bare HTTP server, and its stream of events with many
 * clients.
 */
@NullMarked
package io.github.lateststate.benchmarks.http;

import org.jspecify.annotations.NullMarked;

/**
 * A web API that predicts with the current model, and the command that trains and publishes a new one. To be read by whoever wants
 * to swap something big under running requests: {@code ModelServer} has the whole of it.
 */
@NullMarked
package io.github.lateststate.demo.model;

import org.jspecify.annotations.NullMarked;

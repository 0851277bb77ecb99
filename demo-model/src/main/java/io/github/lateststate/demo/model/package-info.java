/**
 * A web API that predicts with the current model, and the command that trains and publishes a new one. Read it if you
 * want to swap something big under running requests. Begin with {@code ModelServer}.
 */
@NullMarked
package io.github.lateststate.demo.model;

import org.jspecify.annotations.NullMarked;

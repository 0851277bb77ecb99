/**
 * Latest states as beans of a Spring Boot application. For authors of applications: {@link io.github.lateststate.spring.LatestStates} opens
 * what is configured under {@code latest-state.states}, and the events say what changes.
 */
@NullMarked
package io.github.lateststate.spring;

import org.jspecify.annotations.NullMarked;

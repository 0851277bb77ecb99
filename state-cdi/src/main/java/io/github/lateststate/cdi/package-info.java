/**
 * Latest states as beans of a CDI container, such as Quarkus, WildFly, Open Liberty or Weld. For authors of applications:
 * {@link io.github.lateststate.cdi.LatestStates} opens what MicroProfile Config has under {@code latest-state.states}.
 */
@NullMarked
package io.github.lateststate.cdi;

import org.jspecify.annotations.NullMarked;

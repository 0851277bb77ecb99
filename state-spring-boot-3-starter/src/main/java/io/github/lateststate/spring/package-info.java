/** What the starter needs on Spring Boot 3.5: the same classes with other imports. */
@NullMarked
package io.github.lateststate.spring;

import org.jspecify.annotations.NullMarked;

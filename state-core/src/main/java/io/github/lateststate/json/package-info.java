/** For callers whose records are JSON. Needs {@code com.fasterxml.jackson.core:jackson-databind} on the class path. */
@NullMarked
package io.github.lateststate.json;

import org.jspecify.annotations.NullMarked;

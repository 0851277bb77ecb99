@NullMarked
package io.github.lateststate.cdi;

import org.jspecify.annotations.NullMarked;

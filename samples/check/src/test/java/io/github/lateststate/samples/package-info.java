@NullMarked
package io.github.lateststate.samples;

import org.jspecify.annotations.NullMarked;

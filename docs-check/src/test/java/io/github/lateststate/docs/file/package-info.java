/** The subscriber of the page on adding a broker, and its tests. */
@NullMarked
package io.github.lateststate.docs.file;

import org.jspecify.annotations.NullMarked;

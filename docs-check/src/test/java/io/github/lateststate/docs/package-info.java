/** What the README and the pages show is true: their code compiles and runs, and their names exist. */
@NullMarked
package io.github.lateststate.docs;

import org.jspecify.annotations.NullMarked;

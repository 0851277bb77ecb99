/**
 * An observer that watches states from outside. A writer keeps its own book of what it wrote, faults come and go, and each look at a
 * state is compared with the book.
 */
@NullMarked
package io.github.lateststate.reliability;

import org.jspecify.annotations.NullMarked;

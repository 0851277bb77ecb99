/** Tests of what the servers have in common, and, for the end-to-end tests of each, its jar as a process. */
@NullMarked
package io.github.lateststate.demo.web;

import org.jspecify.annotations.NullMarked;

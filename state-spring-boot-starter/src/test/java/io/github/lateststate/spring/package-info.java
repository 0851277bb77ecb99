/** Tests of the starter. */
@org.jspecify.annotations.NullMarked
package io.github.lateststate.spring;

/** Tests of the demo. */
@org.jspecify.annotations.NullMarked
package io.github.lateststate.demo.spring;

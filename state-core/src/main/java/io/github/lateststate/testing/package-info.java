/**
 * For the unit tests of services that use the library: a broker in memory. For implementers, the test jar of this
 * module holds in the same package the contract test that every subscriber passes.
 */
@NullMarked
package io.github.lateststate.testing;

import org.jspecify.annotations.NullMarked;

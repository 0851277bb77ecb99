/** An application that uses the starter as any other does: through its public classes. */
@org.jspecify.annotations.NullMarked
package io.github.lateststate.spring.restarted;

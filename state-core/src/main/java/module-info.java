/**
 * The latest record of a stream as in-memory state. Callers read {@link io.github.lateststate}; implementers of a
 * broker module read {@link io.github.lateststate.spi}.
 */
@SuppressWarnings("requires-automatic") // Micrometer has no module descriptor, but its name is in the manifest
module io.github.lateststate {
    requires org.slf4j;
    requires static transitive org.jspecify;
    // transitive, nobody could compile without them
    requires static com.fasterxml.jackson.databind;
    requires static micrometer.core;
    requires static tools.jackson.databind;

    exports io.github.lateststate;
    exports io.github.lateststate.engine;
    exports io.github.lateststate.json;
    exports io.github.lateststate.metrics;
    exports io.github.lateststate.resource;
    exports io.github.lateststate.spi;
    exports io.github.lateststate.testing;

    uses io.github.lateststate.spi.LatestStateSubscriber;
}

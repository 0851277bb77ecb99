/**
 * The latest record of a stream as in-memory state. Callers read {@link io.github.lateststate}, implementers of a broker
 * module read {@link io.github.lateststate.spi}.
 */
module io.github.lateststate {
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static com.fasterxml.jackson.databind; // transitive, nobody could compile without it

    exports io.github.lateststate;
    exports io.github.lateststate.json;
    exports io.github.lateststate.resource;
    exports io.github.lateststate.spi;
    exports io.github.lateststate.testing;

    uses io.github.lateststate.spi.LatestStateSubscriber;
}

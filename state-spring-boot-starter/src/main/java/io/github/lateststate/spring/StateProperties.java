package io.github.lateststate.spring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One state.
 *
 * @param subscriber the broker: kafka, kinesis, or the name of another subscriber. It can be left out if there is only one on the class
 *     path.
 * @param stream the topic or stream
 * @param settings settings of the broker's client under its own names, such as bootstrap.servers, and the library's own, which begin with
 *     "state.". They win over spring.kafka.
 * @param snapshot the last known good record on disk
 * @param awaitReady how long the start of the application waits until the state is ready. Without it the start does not wait.
 * @param key takes only the records with this key
 */
record StateProperties(
        @Nullable String subscriber,
        @Nullable String stream,
        @DefaultValue Map<String, String> settings,
        @DefaultValue Snapshot snapshot,
        @Nullable Duration awaitReady,
        @Nullable String key) {

    /**
     * The last known good record on disk.
     *
     * @param path the file; two instances must not share one
     * @param maxAge how long ago it may have been written. Without it the age does not matter.
     */
    record Snapshot(@Nullable Path path, @Nullable Duration maxAge) {}

    /** Shows the names of the settings and no value, as one may be a password. */
    @Override
    public String toString() {
        return "subscriber " + subscriber + ", stream " + stream + ", settings " + new TreeSet<>(settings.keySet());
    }
}

package io.github.lateststate.demo.model;

import java.util.Map;
import java.util.function.Function;

/** One version, loaded. Safe for use by any thread, until it is closed. */
final class ServedModel implements AutoCloseable {

    private final ModelRef ref;
    private final Function<Flower, Map<String, Double>> model;
    private volatile boolean closed;

    ServedModel(ModelRef ref, Function<Flower, Map<String, Double>> model) {
        this.ref = ref;
        this.model = model;
    }

    String version() {
        return ref.version();
    }

    /** The version and the prediction come from this one object, so no answer mixes two versions. */
    Answer predict(Flower flower) {
        if (closed) {
            throw new IllegalStateException("Version " + version() + " is no longer in memory");
        }
        Map<String, Double> probabilities = model.apply(flower);
        return new Answer(version(), probabilities.keySet().iterator().next(), probabilities);
    }

    /** Checks a loaded model before it is served. */
    void validate() {
        Canary.requireSense(model);
    }

    /** A linear model has only heap memory. A model with native memory or a file would release it here. */
    @Override
    public void close() {
        closed = true;
    }

    /** The answer to a client, as JSON. */
    record Answer(String version, String prediction, Map<String, Double> probabilities) {}
}

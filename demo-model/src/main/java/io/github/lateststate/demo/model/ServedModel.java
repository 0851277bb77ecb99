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

    /** The version and what it says come from this one object, so no answer is of two versions. */
    Answer predict(Flower flower) {
        if (closed) {
            throw new IllegalStateException("Version " + version() + " is not in memory any more");
        }
        Map<String, Double> probabilities = model.apply(flower);
        return new Answer(version(), probabilities.keySet().iterator().next(), probabilities);
    }

    /** What stands between loading a model and serving it. */
    void validate() {
        Canary.requireSense(model);
    }

    /** A linear model is but heap. One that holds native memory, or a file, would give it back here. */
    @Override
    public void close() {
        closed = true;
    }

    /** As JSON it is the answer to a client. */
    record Answer(String version, String prediction, Map<String, Double> probabilities) {}
}

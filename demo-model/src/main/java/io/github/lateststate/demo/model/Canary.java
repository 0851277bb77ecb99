package io.github.lateststate.demo.model;

import java.util.Map;
import java.util.function.Function;

/** The trial of a model, before it is published and before it is served. */
final class Canary {

    private static final double SUM_TOLERANCE = 1e-6;

    private Canary() {}

    /**
     * It has to know the most typical flowers, and its probabilities have to be some.
     *
     * @param model the probabilities for a flower, the likeliest species first
     * @throws IllegalStateException if it is of no use; the message says what it said
     */
    static void requireSense(Function<Flower, Map<String, Double>> model) {
        for (Species species : Species.values()) {
            Map<String, Double> probabilities = model.apply(species.typical());
            String likeliest = probabilities.keySet().iterator().next();
            double sum = probabilities.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            if (!likeliest.equals(species.label()) || !(Math.abs(sum - 1) < SUM_TOLERANCE)) {
                throw new IllegalStateException(
                        "The model fails its trial: for the typical " + species.label() + " it says " + probabilities);
            }
        }
    }
}

package io.github.lateststate.demo.model;

import java.util.Map;
import java.util.function.Function;

/** Tries a model out, before it is published and before it is served. */
final class Canary {

    private static final double SUM_TOLERANCE = 1e-6;

    private Canary() {}

    /**
     * The model must know the typical flower of each species, and its probabilities must add up to 1.
     *
     * @param model the probabilities for a flower, the likeliest species first
     * @throws IllegalStateException if the model fails; the message has its answer
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

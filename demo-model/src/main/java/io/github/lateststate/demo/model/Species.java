package io.github.lateststate.demo.model;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Three kinds of iris. The means and deviations are those of Fisher's famous data. Each measurement is drawn independently, without
 * the correlations of real flowers.
 */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers is
enum Species {
    SETOSA(new Flower(5.006, 3.428, 1.462, 0.246), new Flower(0.352, 0.379, 0.174, 0.105)),
    VERSICOLOR(new Flower(5.936, 2.770, 4.260, 1.326), new Flower(0.516, 0.314, 0.470, 0.198)),
    VIRGINICA(new Flower(6.588, 2.974, 5.552, 2.026), new Flower(0.636, 0.322, 0.552, 0.275));

    private static final double SMALLEST = 0.1;

    private final Flower mean;
    private final Flower deviation;

    Species(Flower mean, Flower deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Its name for the model and for clients. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The average flower of this species. */
    Flower typical() {
        return mean;
    }

    Flower random(RandomGenerator random) {
        return new Flower(
                length(mean.sepalLength(), deviation.sepalLength(), random),
                length(mean.sepalWidth(), deviation.sepalWidth(), random),
                length(mean.petalLength(), deviation.petalLength(), random),
                length(mean.petalWidth(), deviation.petalWidth(), random));
    }

    /** Rounds to the millimetre, as read from a ruler. */
    private static double length(double mean, double deviation, RandomGenerator random) {
        return Math.max(SMALLEST, Math.round(10 * random.nextGaussian(mean, deviation)) / 10.0);
    }
}

package io.github.lateststate.demo.model;

import java.util.List;

/** The measurements of a flower, in cm. */
record Flower(double sepalLength, double sepalWidth, double petalLength, double petalWidth) {

    /** In the order of {@link #values()}. */
    static final List<String> FEATURES = List.of("sepalLength", "sepalWidth", "petalLength", "petalWidth");

    double[] values() {
        return new double[] {sepalLength, sepalWidth, petalLength, petalWidth};
    }
}

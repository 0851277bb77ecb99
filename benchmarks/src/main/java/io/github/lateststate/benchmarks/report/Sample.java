package io.github.lateststate.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * Measured values of one thing, all in one unit. Percentiles are by nearest rank: always a value that was measured. The
 * median of an even number is not.
 */
public final class Sample {

    private final double[] sorted;

    private Sample(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("Nothing was measured");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** Returns a sample of these values. There must be at least one. */
    public static Sample of(Collection<? extends Number> values) {
        return new Sample(values.stream().mapToDouble(Number::doubleValue).toArray());
    }

    public int size() {
        return sorted.length;
    }

    /** Returns the value in the middle, or the mean of the two in the middle. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return sorted[0];
    }

    public double max() {
        return sorted[sorted.length - 1];
    }

    /** Returns the smallest value such that at least this many percent of the values are not greater. */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent * sorted.length / 100);
        return sorted[Math.max(0, rank - 1)];
    }

    /** Returns the median, and in brackets the smallest and the greatest value. */
    public String medianAndRange() {
        return Figures.of(median()) + " (" + Figures.of(min()) + "–" + Figures.of(max()) + ")";
    }
}

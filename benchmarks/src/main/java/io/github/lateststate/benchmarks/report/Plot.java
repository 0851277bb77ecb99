package io.github.lateststate.benchmarks.report;

import java.util.List;

/**
 * A line chart.
 *
 * @param name the name of its file, without an ending
 * @param title what it shows; also the text for people who cannot see it
 * @param x the horizontal axis, with its unit
 * @param y the vertical axis, with its unit
 * @param logarithmic whether the axes are logarithmic, the horizontal one if it spans a power of ten; then no value is
 *     zero
 * @param lines one for each thing compared
 */
public record Plot(String name, String title, String x, String y, boolean logarithmic, List<Line> lines) {

    /**
     * The values of one thing.
     *
     * @param name its name in the legend
     * @param x where, ascending
     * @param y the value at each x
     */
    public record Line(String name, List<Double> x, List<Double> y) {}
}

package io.github.lateststate.benchmarks.kinesis;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * The algorithms of the library against a model of Kinesis and its limits, in simulated time. Every run has the same
 * result.
 */
public final class KinesisInSimulatedTime implements Benchmark {

    @Override
    public String name() {
        return "kinesis";
    }

    @Override
    public Section run(Scale scale) {
        Searches searches = Searches.run(scale);
        Herds herds = Herds.run(scale);
        List<Table> tables = new ArrayList<>(searches.tables());
        tables.add(herds.table());
        List<Plot> plots = new ArrayList<>(searches.plots());
        plots.addAll(herds.plots());
        List<Goal> goals = new ArrayList<>(searches.goals());
        goals.addAll(herds.goals());
        return new Section("Kinesis, in simulated time", Searches.METHOD + "\n" + Herds.METHOD, tables, plots, goals);
    }
}

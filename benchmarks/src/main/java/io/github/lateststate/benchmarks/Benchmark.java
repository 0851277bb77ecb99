package io.github.lateststate.benchmarks;

import io.github.lateststate.benchmarks.report.Section;

/** One question that figures answer. */
public interface Benchmark {

    /** Returns the name that chooses it on the command line, and that its plots begin with. */
    String name();

    /**
     * Measures, which takes minutes at full scale. Throws if anything goes wrong: the figures of a broken run are
     * worthless.
     */
    Section run(Scale scale) throws Exception;
}

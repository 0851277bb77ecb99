package io.github.lateststate.benchmarks;

import io.github.lateststate.benchmarks.report.Section;

/** One question that is answered with figures. */
public interface Benchmark {

    /** Returns the name by which it is chosen on the command line, and by which its plots are called. */
    String name();

    /** Measures, which takes minutes at full scale. Throws if anything was not as it has to be: figures of a broken run are none. */
    Section run(Scale scale) throws Exception;
}

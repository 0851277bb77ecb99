package io.github.lateststate.benchmarks;

/** How much is measured. */
public enum Scale {
    /** Everything once, and small. It only shows that the benchmark works. */
    SMOKE,
    /** The scale of the page. */
    FULL;

    /** Returns the argument of this scale. */
    public <T> T of(T smoke, T full) {
        return this == SMOKE ? smoke : full;
    }
}

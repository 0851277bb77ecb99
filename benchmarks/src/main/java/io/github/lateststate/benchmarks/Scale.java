package io.github.lateststate.benchmarks;

/** How much is measured. */
public enum Scale {
    /** Each thing once, and small: it shows that the benchmark works, and no more. */
    SMOKE,
    /** As the page is written with. */
    FULL;

    /** Returns what belongs to this scale. */
    public <T> T of(T smoke, T full) {
        return this == SMOKE ? smoke : full;
    }
}

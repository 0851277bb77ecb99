package io.github.lateststate.benchmarks.report;

/**
 * A goal and its result.
 *
 * @param wanted the goal in words
 * @param measured the figure in words
 * @param met whether it was reached
 */
public record Goal(String wanted, String measured, boolean met) {

    String markdown() {
        return "- " + (met ? "**Met**" : "**Missed**") + ": " + wanted + ". Measured: " + measured + ".\n";
    }
}

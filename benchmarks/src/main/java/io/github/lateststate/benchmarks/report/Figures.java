package io.github.lateststate.benchmarks.report;

import java.util.Locale;

/** Numbers as they are printed: three significant digits, and no more than the measurement supports. */
public final class Figures {

    private Figures() {}

    /** Returns a figure with about three significant digits, and a separator for thousands. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (size != 0 && size < 0.0995) {
            return String.format(Locale.ROOT, "%.3f", value);
        }
        if (size < 9.95) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        if (size < 99.5) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /** Returns a ratio, such as "1.5 ×". */
    public static String ratio(double value) {
        return of(value) + " ×";
    }
}

package io.github.lateststate.benchmarks.kinesis;

import io.github.lateststate.benchmarks.report.Figures;
import java.time.Duration;
import java.util.List;

/** Times and amounts over many orders of magnitude, for people. */
final class Spans {

    private static final double MINUTE = 60;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;
    private static final List<String> BYTES = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Spans() {}

    static String of(Duration time) {
        double seconds = time.toMillis() / 1e3;
        if (seconds < MINUTE) {
            return number(seconds) + " s";
        }
        if (seconds < HOUR) {
            return number(seconds / MINUTE) + " min";
        }
        return seconds < DAY ? number(seconds / HOUR) + " h" : number(seconds / DAY) + " d";
    }

    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1_024 && unit < BYTES.size() - 1) {
            amount /= 1_024;
            unit++;
        }
        return number(amount) + " " + BYTES.get(unit);
    }

    /** Writes a number without a fraction in full. */
    static String number(double value) {
        return value == Math.rint(value) ? "%,d".formatted((long) value) : Figures.of(value);
    }
}

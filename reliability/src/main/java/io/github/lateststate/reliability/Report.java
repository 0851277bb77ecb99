package io.github.lateststate.reliability;

import io.github.lateststate.Status;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a run. A promise that one state keeps breaking during one fault is one line with a count. Thread-safe.
 */
final class Report {

    private static final int MOST_LINES = 500;

    private final PrintStream out;
    private final Map<String, Integer> faults = new TreeMap<>();
    private final Map<String, Entry> violations = new LinkedHashMap<>();
    private String situation = "start";
    private Duration slowestRecovery = Duration.ZERO;
    private int recoveries;
    private long looks;
    private int opened;

    private record Entry(String first, int count) {}

    Report(PrintStream out) {
        this.out = out;
    }

    /** Sets the current situation, for later violations. */
    synchronized void situation(String now) {
        situation = now;
        out.printf("%s %s%n", Instant.now(), now);
    }

    synchronized void fault(Fault fault) {
        faults.merge(fault.name(), 1, Integer::sum);
    }

    synchronized void recovered(Duration took) {
        recoveries++;
        if (took.compareTo(slowestRecovery) > 0) {
            slowestRecovery = took;
        }
    }

    synchronized void looks(int more) {
        looks += more;
    }

    synchronized void opened() {
        opened++;
    }

    void violation(String state, Violation violation, Status status) {
        violation(
                state,
                violation,
                status.phase() + ", " + status.progress() + ", last error: "
                        + status.lastError().map(Throwable::toString).orElse("none"));
    }

    synchronized void violation(String state, Violation violation, String status) {
        String key = situation + " | " + state + " | " + violation.promise();
        Entry known = violations.get(key);
        if (known != null) {
            violations.put(key, new Entry(known.first(), known.count() + 1));
        } else if (violations.size() < MOST_LINES) {
            String first = Instant.now() + " [" + situation + "] " + state + " broke \"" + violation.promise() + "\": "
                    + violation.detail() + " (" + status + ")";
            violations.put(key, new Entry(first, 1));
            out.println("VIOLATION " + first);
        }
    }

    /** One line for each violation. */
    synchronized List<String> violations() {
        List<String> lines = new ArrayList<>();
        violations.values().forEach(entry -> lines.add(entry.first() + ", seen " + entry.count() + " times"));
        return lines;
    }

    synchronized void print(List<WrittenStream> streams, Duration took) {
        long written =
                streams.stream().mapToLong(stream -> stream.book().written()).sum();
        long commits =
                streams.stream().mapToLong(stream -> stream.book().commits()).sum();
        long aborts =
                streams.stream().mapToLong(stream -> stream.book().aborts()).sum();
        out.printf("duration            %d s%n", took.toSeconds());
        out.printf("updates             %d written, %d committed, %d aborted%n", written, commits, aborts);
        out.printf("states opened       %d%n", opened);
        out.printf("looks               %d%n", looks);
        out.printf(
                "faults              %d%n",
                faults.values().stream().mapToInt(Integer::intValue).sum());
        faults.forEach((name, count) -> out.printf("  %5d  %s%n", count, name));
        out.printf("recoveries          %d, the slowest took %d ms%n", recoveries, slowestRecovery.toMillis());
        List<String> lines = violations();
        out.printf("violations          %d%n", lines.size());
        lines.forEach(line -> out.println("  " + line));
    }
}

package io.github.lateststate.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under a header.
 *
 * @param caption what the figures are, with their unit
 * @param header about one word for each column
 * @param rows each has as many cells as the header
 */
public record Table(String caption, List<String> header, List<List<String>> rows) {

    /** Returns an empty table; add its rows. */
    public static Table of(String caption, List<String> header) {
        return new Table(caption, List.copyOf(header), new ArrayList<>());
    }

    /** Returns an empty table; add its rows. */
    public static Table of(String caption, String... header) {
        return of(caption, List.of(header));
    }

    /** Adds a row with as many cells as the header. */
    public void add(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException("Not " + header.size() + " cells: " + cells);
        }
        rows.add(List.copyOf(cells));
    }

    /** Adds a row with as many cells as the header. */
    public void add(String... cells) {
        add(List.of(cells));
    }

    String markdown() {
        StringBuilder text = new StringBuilder(caption).append("\n\n");
        line(text, header);
        line(text, header.stream().map(cell -> "---").toList());
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        cells.forEach(cell -> text.append("| ").append(cell.replace("|", "\\|")).append(' '));
        text.append("|\n");
    }
}

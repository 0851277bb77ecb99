package io.github.lateststate.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under a header.
 *
 * @param caption what the figures are, with their unit
 * @param header one word or so for each column
 * @param rows as many cells each as the header has
 */
public record Table(String caption, List<String> header, List<List<String>> rows) {

    /** Returns an empty table, whose rows are to be added. */
    public static Table of(String caption, List<String> header) {
        return new Table(caption, List.copyOf(header), new ArrayList<>());
    }

    /** Returns an empty table, whose rows are to be added. */
    public static Table of(String caption, String... header) {
        return of(caption, List.of(header));
    }

    /** Adds a row of as many cells as the header has. */
    public void add(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException("Not " + header.size() + " cells: " + cells);
        }
        rows.add(List.copyOf(cells));
    }

    /** Adds a row of as many cells as the header has. */
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

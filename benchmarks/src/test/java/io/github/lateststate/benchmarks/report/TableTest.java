package io.github.lateststate.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void aTableIsMarkdownUnderItsCaption() {
        Table table = Table.of("Milliseconds.", "", "median");
        table.add("ours", "1.50");
        table.add("theirs", "20.0");

        assertThat(table.markdown()).isEqualTo("""
                Milliseconds.

                |  | median |
                | --- | --- |
                | ours | 1.50 |
                | theirs | 20.0 |
                """);
    }

    @Test
    void aPipeInACellIsEscaped() {
        Table table = Table.of("Threads.", "name");
        table.add("admin | 1");

        assertThat(table.markdown()).contains("| admin \\| 1 |");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        Table table = Table.of("Milliseconds.", "", "median");

        assertThatIllegalArgumentException().isThrownBy(() -> table.add("ours"));
    }
}

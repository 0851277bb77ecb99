package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(PlainText.of("Größe 7 – 日本語 \uD83D\uDE00")).isEqualTo("Größe 7 – 日本語 \uD83D\uDE00");
    }

    @ParameterizedTest
    @CsvSource({"001B", "0007", "0000", "007F", "0085", "009B", "200B", "202E", "2028", "2029", "FEFF", "D800"})
    void charactersThatAreNotSeenAreEscaped(String hex) {
        char character = (char) Integer.parseInt(hex, 16);
        assertThat(PlainText.of("a" + character + "b")).isEqualTo("a\\u" + hex + "b");
    }

    @Test
    void runsOfWhiteSpaceAreFoldedIntoOneSpace() {
        assertThat(PlainText.of("a\r\n  b\tc")).isEqualTo("a b c");
    }

    @Test
    void textIsCutAt300Characters() {
        assertThat(PlainText.of("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(PlainText.of("x".repeat(301))).isEqualTo("x".repeat(299) + "…");
        assertThat(PlainText.of("\u001B".repeat(6_000_000)))
                .hasSizeLessThanOrEqualTo(300)
                .endsWith("…");
        assertThat(PlainText.of("\uD83D\uDE00".repeat(200)))
                .hasSizeLessThanOrEqualTo(300)
                .endsWith("\uD83D\uDE00…");
    }

    @Test
    void anExceptionIsItsClassAndItsMessage() {
        assertThat(PlainText.of(new IllegalStateException("no\u202Eway")))
                .isEqualTo("java.lang.IllegalStateException: no\\u202Eway");
        assertThat(PlainText.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}

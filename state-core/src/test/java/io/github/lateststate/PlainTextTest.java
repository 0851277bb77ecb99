package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    void invisibleCharactersAreEscaped(String hex) {
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

    @Test
    void anExceptionWhoseMessageFailsIsItsClass() {
        assertThat(PlainText.of(new Unspeakable())).isEqualTo(Unspeakable.class.getName());
        assertThat(PlainText.trace(new Unspeakable())).hasMessage(Unspeakable.class.getName());
    }

    @Test
    void anExceptionWithPlainMessagesIsLoggedUnchanged() {
        Exception plain = new Exception("no way", new IOException("no disk"));
        assertThat(PlainText.trace(plain)).isSameAs(plain);
    }

    @Test
    void anExceptionWithAnyOtherMessageIsLoggedWithItsStacksAndPlainMessages() {
        Exception cause = new IOException("\u001B[31m" + "x".repeat(6_000_000));
        Exception thrown = new Exception("no way", cause);
        Throwable trace = PlainText.trace(thrown);
        assertThat(trace).hasMessage("java.lang.Exception: no way");
        assertThat(trace.getStackTrace()).isEqualTo(thrown.getStackTrace());
        assertThat(trace)
                .cause()
                .hasMessage(PlainText.of(cause))
                .satisfies(shown -> assertThat(shown.getStackTrace()).isEqualTo(cause.getStackTrace()));
    }

    @Test
    void aCircleOfCausesIsLoggedToAnEnd() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);
        StringWriter written = new StringWriter();
        PlainText.trace(one).printStackTrace(new PrintWriter(written));
        assertThat(written.toString()).contains("one", "other");
    }

    /** Its getMessage throws. */
    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}

package io.github.lateststate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final IOException cause = new IOException();

    @Test
    void theWrappersOfFuturesAreRemoved() {
        assertThat(Failures.unwrapped(new CompletionException(new ExecutionException(cause))))
                .isSameAs(cause);
        assertThat(Failures.unwrapped(cause)).isSameAs(cause);
        CompletionException bare = new CompletionException("without a cause", null);
        assertThat(Failures.unwrapped(bare)).isSameAs(bare);
    }

    @Test
    void anExceptionOfATypeIsFoundAmongTheCauses() {
        assertThat(Failures.find(new UncheckedIOException(cause), IOException.class))
                .containsSame(cause);
        assertThat(Failures.find(new UncheckedIOException(cause), InterruptedException.class))
                .isEmpty();
    }

    @Test
    void theSearchLeavesACircleOfCauses() {
        RuntimeException one = new RuntimeException();
        RuntimeException other = new RuntimeException(one);
        one.initCause(other);
        assertThat(Failures.find(one, IOException.class)).isEmpty();
    }
}

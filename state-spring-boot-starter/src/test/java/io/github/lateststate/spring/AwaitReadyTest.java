package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.NotReadyException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Two states, of which the start of the context waits for one or both. */
class AwaitReadyTest {

    private final InMemoryStreams streams = new InMemoryStreams();
    private final ApplicationContextRunner application = Contexts.plain()
            .withBean(InMemoryStreams.class, () -> streams)
            .withBean("firstDecoder", Decoder.class, Decoder::utf8)
            .withBean("secondDecoder", Decoder.class, Decoder::utf8)
            .withPropertyValues(
                    "latest-state.states.first.stream=first-stream", "latest-state.states.second.stream=second-stream");

    @BeforeEach
    void theSecondBrokerIsAway() {
        streams.of("second").interrupt(new IllegalStateException("away"));
    }

    @Test
    void aStateWithoutThePropertyIsNotWaitedFor() {
        application
                .withPropertyValues("latest-state.states.first.await-ready=30s")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theFailureSaysWhichStreamWasWaitedForAndWhy() {
        application
                .withPropertyValues(
                        "latest-state.states.first.await-ready=30s", "latest-state.states.second.await-ready=1ms")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasCauseInstanceOf(NotReadyException.class)
                        .hasStackTraceContaining("'second-stream'")
                        .hasStackTraceContaining("away")
                        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("first-stream")));
    }

    /** By then the time of the second one is over. */
    @Test
    void aReadyStatePassesAfterItsTimeIsOver() {
        streams.of("first").interrupt(new IllegalStateException("away"));
        streams.of("second").restore();
        CompletableFuture<Void> restored = onceAwaited(streams.of("first")::restore);
        application
                .withPropertyValues(
                        "latest-state.states.first.await-ready=30s", "latest-state.states.second.await-ready=1ns")
                .run(context -> assertThat(context).hasNotFailed());
        restored.join();
    }

    @Test
    void aStateThatHasFailedEndsTheStartBeforeItsTime() {
        CompletableFuture<Void> failed =
                onceAwaited(() -> streams.of("second").fail(new IllegalStateException("no such right")));
        application
                .withPropertyValues("latest-state.states.second.await-ready=1d")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasCauseInstanceOf(NotReadyException.class)
                        .hasStackTraceContaining("no such right"));
        failed.join();
    }

    /** Does something as soon as this thread waits for a state. */
    private static CompletableFuture<Void> onceAwaited(Runnable what) {
        Thread starting = Thread.currentThread();
        return CompletableFuture.runAsync(() -> {
            await().until(() -> LifecycleTest.isInAwaitReady(starting));
            what.run();
        });
    }
}

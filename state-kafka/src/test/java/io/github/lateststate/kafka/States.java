package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import io.github.lateststate.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;

/** States of strings, opened as a caller opens them, and the promises that hold for each of them. */
final class States {

    private static final Duration OUTAGE_PROMISE = Duration.ofSeconds(15);
    private static final Duration CLOSE_PROMISE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private States() {}

    static LatestStateBuilder<String> following(String topic, String bootstrapServers) {
        return LatestState.<String>builder((payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                .subscriber("kafka")
                .stream(topic)
                .setting("bootstrap.servers", bootstrapServers);
    }

    static LatestStateBuilder<String> following(
            String topic, String bootstrapServers, Map<String, String> clientSettings) {
        LatestStateBuilder<String> builder = following(topic, bootstrapServers);
        clientSettings.forEach(builder::setting);
        return builder;
    }

    static void awaitReady(LatestState<?> state) {
        state.awaitReady(PATIENCE);
    }

    /** Waits for a phase that is promised within 15 s. */
    static Status awaitPhase(LatestState<?> state, Phase phase) {
        return withinThePromiseForOutages().until(state::status, status -> status.phase() == phase);
    }

    /** Waits for a value that is promised within 15 s. */
    static void awaitValue(LatestState<String> state, String value) {
        withinThePromiseForOutages()
                .until(() -> state.value().filter(value::equals).isPresent());
    }

    static ConditionFactory withinThePromiseForOutages() {
        return await().atMost(OUTAGE_PROMISE);
    }

    /** What the state reports as wrong, for people. */
    static String trouble(Status status) {
        return status.lastError().map(Throwable::getMessage).orElse("none");
    }

    /** Closes within the promised 5 s, and then no thread is left. */
    static void close(LatestState<?> state) {
        closeInTime(state);
        awaitNoThreadLeftOf(state);
    }

    static void closeInTime(LatestState<?> state) {
        assertTimeoutPreemptively(CLOSE_PROMISE, state::close);
    }

    /** The library's threads have the stream's name; those of Kafka's clients have the group's name. */
    static void awaitNoThreadLeftOf(LatestState<?> state) {
        await().atMost(CLOSE_PROMISE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.contains(state.stream()) || name.contains(state.group())));
    }
}

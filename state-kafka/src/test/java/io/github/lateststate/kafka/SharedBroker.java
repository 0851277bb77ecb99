package io.github.lateststate.kafka;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The broker of all test classes that do not stop it. The first class starts it, and it stops after the last. It
 * deletes and compacts as soon as the configuration of a topic allows it.
 */
final class SharedBroker implements BeforeAllCallback {

    /** How long to wait for an event without a deadline. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final Decoder<String> TEXT = (payload, origin) -> new String(payload, StandardCharsets.UTF_8);

    private record Running(EmbeddedKafka kafka, TestClients clients) implements AutoCloseable {

        static Running start() {
            EmbeddedKafka kafka = EmbeddedKafka.builder()
                    .property("log.initial.task.delay.ms", "100")
                    .property("log.retention.check.interval.ms", "100")
                    .property("log.cleaner.backoff.ms", "100")
                    .start();
            return new Running(kafka, new TestClients(kafka.bootstrapServers()));
        }

        @Override
        public void close() {
            clients.close();
            kafka.close();
        }
    }

    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(Running.class, type -> Running.start(), Running.class);
    }

    TestClients clients() {
        return running().clients();
    }

    String bootstrapServers() {
        return running().kafka().bootstrapServers();
    }

    <T> LatestStateBuilder<T> state(String topic, Decoder<T> decoder) {
        return LatestState.builder(decoder).subscriber("kafka").stream(topic)
                .setting("bootstrap.servers", bootstrapServers());
    }

    LatestStateBuilder<String> text(String topic) {
        return state(topic, TEXT);
    }

    /** A state whose look-back has ended. */
    LatestState<String> ready(String topic) {
        return ready(text(topic));
    }

    static <T> LatestState<T> ready(LatestStateBuilder<T> builder) {
        LatestState<T> state = builder.open();
        try {
            state.awaitReady(PATIENCE);
        } catch (Throwable e) {
            state.close();
            throw e;
        }
        return state;
    }

    private Running running() {
        return Objects.requireNonNull(running, "a SharedBroker belongs into a static field with @RegisterExtension");
    }
}

package io.github.lateststate.kafka;

import io.github.lateststate.embedded.BrokerBuilder;
import io.github.lateststate.embedded.KafkaProcess;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker of one test class, in a JVM of its own, so that the class can stop it. It starts before the first test and ends after the last,
 * those of nested classes included.
 */
final class BrokerProcess implements BeforeAllCallback, AfterAllCallback {

    private final BrokerBuilder<KafkaProcess> builder;
    private @Nullable Class<?> owner;
    private @Nullable KafkaProcess kafka;
    private @Nullable TestClients clients;

    BrokerProcess() {
        this(KafkaProcess.builder());
    }

    BrokerProcess(BrokerBuilder<KafkaProcess> builder) {
        this.builder = builder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (owner == null) {
            owner = context.getRequiredTestClass();
            kafka = builder.start();
            clients = new TestClients(kafka.bootstrapServers());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().equals(owner)) {
            owner = null;
            clients().close();
            kafka().close();
        }
    }

    KafkaProcess kafka() {
        return started(kafka);
    }

    TestClients clients() {
        return started(clients);
    }

    String bootstrapServers() {
        return kafka().bootstrapServers();
    }

    private static <T> T started(@Nullable T part) {
        return Objects.requireNonNull(part, "a BrokerProcess belongs into a static field with @RegisterExtension");
    }
}

package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** The log of a normal run. The broker is in another JVM, so every line here is ours or our clients'. */
class QuietLogTest {

    @RegisterExtension
    static final BrokerProcess broker = new BrokerProcess();

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level levelBefore = root.getLevel();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private String topic;

    @BeforeEach
    void listenToTheLog() {
        topic = broker.clients().topic();
        broker.clients().publish(topic, "first");
        logged.start();
        root.getAppender("out").stop(); // not on the console
        root.addAppender(logged);
        root.setLevel(Level.INFO);
    }

    @AfterEach
    void leaveTheLogAsItWas() {
        root.setLevel(levelBefore);
        root.detachAppender(logged);
        root.getAppender("out").start();
    }

    @Test
    void aNormalRunLogsTwoLinesOfTheLibraryAndNoWarning() {
        run();
        assertThat(logged.list)
                .filteredOn(event -> event.getLoggerName().startsWith("io.github.lateststate"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Following kafka '" + topic + "' as group-"),
                        line -> assertThat(line)
                                .startsWith("Ready: '" + topic + "' has its state from partition 0, position 0"));
        assertNoWarnings();
    }

    @Test
    void twoStatesInOneJvmDoNotDisturbEachOther() {
        try (LatestState<String> other =
                States.following(topic, broker.bootstrapServers()).open()) {
            run();
            States.awaitPhase(other, Phase.LIVE);
        }
        assertNoWarnings();
    }

    @Test
    void aCreatedTopicIsOneMoreLine() {
        topic = TestClients.newName();
        try (LatestState<String> state = States.following(topic, broker.bootstrapServers())
                .setting("state.create.topic", "true")
                .open()) {
            States.awaitReady(state);
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("Created topic '" + topic + "' with one partition");
        assertNoWarnings();
    }

    private void run() {
        try (LatestState<String> state =
                States.following(topic, broker.bootstrapServers()).open()) {
            States.awaitPhase(state, Phase.LIVE);
            broker.clients().publish(topic, "second");
            States.awaitValue(state, "second");
        }
    }

    /** If two clients have the same name, Kafka logs that a bean already exists, in some versions not as a warning. */
    private void assertNoWarnings() {
        assertThat(List.copyOf(logged.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN)
                        || event.getFormattedMessage().contains("already exists"))
                .isEmpty();
    }
}

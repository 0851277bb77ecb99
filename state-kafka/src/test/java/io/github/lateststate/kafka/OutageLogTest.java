package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaProcess;
import io.github.lateststate.embedded.NetworkProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The log when all brokers go away, stay away for a while, and return at new addresses. */
class OutageLogTest {

    private static final Path PAGE = Path.of("..", "docs", "kafka.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\| `([A-Z]+)` \\|", Pattern.MULTILINE);
    private static final Duration OUTAGE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Map<Logger, Level> levelsBefore = new HashMap<>();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        logged.start();
        root.getAppender("out").stop(); // not on the console
        root.addAppender(logged);
        set(root, Level.INFO);
    }

    @AfterEach
    void leaveTheLogAsItWas() {
        levelsBefore.forEach(Logger::setLevel);
        root.detachAppender(logged);
        root.getAppender("out").start();
    }

    /** The documented levels leave the library's own lines: one for each event. */
    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void withTheDocumentedLevelsAnOutageIsAFewLinesOfTheLibrary(String sharing, @TempDir Path directory)
            throws IOException {
        ROW.matcher(Files.readString(PAGE)).results().forEach(row -> set(row.group(1), Level.valueOf(row.group(2))));
        runThroughAnOutage(sharing, directory);
        assertThat(List.copyOf(logged.list))
                .allMatch(event -> event.getLoggerName().startsWith("io.github.lateststate"))
                .hasSizeBetween(4, 10)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("Following kafka"))
                .anyMatch(line -> line.contains("No answer from"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void theAdminClientDoesNotBootstrapAgainInALoop(String sharing, @TempDir Path directory) {
        runThroughAnOutage(sharing, directory);
        assertThat(List.copyOf(logged.list))
                .filteredOn(event -> event.getLoggerName().contains("AdminMetadataManager"))
                .hasSizeLessThan(10);
    }

    private static void runThroughAnOutage(String sharing, Path directory) {
        int laterPort = freePort();
        String topic;
        LatestState<String> state;
        try (KafkaProcess before = KafkaProcess.builder().directory(directory).start()) {
            topic = topicWithARecord(before);
            state = States.following(topic, before.bootstrapServers() + ",127.0.0.1:" + laterPort)
                    .setting("state.share.clients", sharing)
                    .open();
            States.awaitPhase(state, Phase.LIVE);
        }
        try (state) {
            States.awaitPhase(state, Phase.INTERRUPTED);
            await().during(OUTAGE)
                    .atMost(OUTAGE.multipliedBy(2))
                    .until(() -> state.status().phase() == Phase.INTERRUPTED);
            try (KafkaProcess after = KafkaProcess.builder()
                            .directory(directory)
                            .port(laterPort)
                            .start();
                    TestClients clients = new TestClients(after.bootstrapServers())) {
                clients.publish(topic, "after");
                await().atMost(PATIENCE)
                        .until(() ->
                                state.get().equals("after") && state.status().phase() == Phase.LIVE);
            }
        }
    }

    private static String topicWithARecord(KafkaProcess broker) {
        try (TestClients clients = new TestClients(broker.bootstrapServers())) {
            String topic = clients.topic();
            clients.publish(topic, "value");
            return topic;
        }
    }

    private void set(String logger, Level level) {
        set((Logger) LoggerFactory.getLogger(logger), level);
    }

    private void set(Logger logger, Level level) {
        levelsBefore.put(logger, logger.getLevel());
        logger.setLevel(level);
    }

    private static int freePort() {
        try (NetworkProxy proxy = NetworkProxy.start()) {
            return proxy.targetPort();
        }
    }
}

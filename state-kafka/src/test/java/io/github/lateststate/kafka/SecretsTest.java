package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A secret may stand in the wrong setting. Kafka quotes it; the library does not. */
class SecretsTest {

    private static final String SECRET = "s3cr3t";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule ";

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final Logger ours = (Logger) LoggerFactory.getLogger("io.github.lateststate");
    private final Level levelBefore = ours.getLevel();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final String topic = broker.clients().topic();

    static Stream<Arguments> misplaced() {
        return Stream.of(
                Arguments.of("<sasl.jaas.config>", jaas(PLAIN + SECRET + " username=\"a\" password=\"b\";")),
                Arguments.of("JAAS config", jaas(PLAIN + "required username=\"a\" password=\"" + SECRET + "\"")),
                Arguments.of("JAAS config", jaas(SECRET)),
                Arguments.of("sasl.jaas.config", jaas("no.such." + SECRET + " required username=\"a\";")),
                Arguments.of("JAAS config", Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", SECRET)),
                Arguments.of(
                        "sasl.client.callback.handler.class", Map.of("sasl.client.callback.handler.class", SECRET)),
                Arguments.of(
                        "ssl.truststore.location",
                        Map.of("security.protocol", "SSL", "ssl.truststore.location", "/" + SECRET)),
                Arguments.of(
                        "ssl.truststore.type",
                        Map.of(
                                "security.protocol",
                                "SSL",
                                "ssl.truststore.location",
                                "/none",
                                "ssl.truststore.type",
                                SECRET)),
                Arguments.of("ssl.protocol", Map.of("security.protocol", "SSL", "ssl.protocol", SECRET)),
                Arguments.of("interceptor.classes", Map.of("interceptor.classes", SECRET)),
                Arguments.of("metric.reporters", Map.of("metric.reporters", SECRET)));
    }

    private static Map<String, String> jaas(String config) {
        return Map.of("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", config);
    }

    @BeforeEach
    void listenToTheLog() {
        ours.setLevel(Level.DEBUG);
        logged.start();
        ours.addAppender(logged);
    }

    @AfterEach
    void leaveTheLogAsItWas() {
        ours.detachAppender(logged);
        ours.setLevel(levelBefore);
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void aSecretIsShownNowhere(String named, Map<String, String> settings) {
        StringWriter shown = new StringWriter();
        try (LatestState<String> state =
                States.following(topic, broker.bootstrapServers(), settings).open()) {
            var status = States.awaitPhase(state, Phase.INTERRUPTED);
            shown.append(status.toString());
            status.lastError().orElseThrow().printStackTrace(new PrintWriter(shown));
        } catch (io.github.lateststate.InvalidSettingException refused) {
            refused.printStackTrace(new PrintWriter(shown));
        }
        for (ILoggingEvent event : List.copyOf(logged.list)) {
            shown.append(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                shown.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        assertThat(shown.toString()).doesNotContainIgnoringCase(SECRET).contains(named);
    }
}

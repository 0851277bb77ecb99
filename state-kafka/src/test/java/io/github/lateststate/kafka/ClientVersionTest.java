package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.lateststate.spi.SubscriptionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documented versions of the client are the tested ones. */
@Tag("every-client")
class ClientVersionTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final Pattern TESTED = Pattern.compile("(?m)^\\| kafka-clients (\\d+\\.\\d+\\.\\d+) \\|");

    @Test
    void thisVersionIsAccepted() {
        assertThatCode(ClientVersion::require).doesNotThrowAnyException();
    }

    @Test
    void thisVersionIsOnThePage() throws IOException {
        assertThat(tested()).contains(ClientVersion.name());
    }

    @Test
    void thePageNamesOnlyTestedVersions() throws IOException {
        String[] run = System.getProperty("kafka.clients.tested").split(" ", -1);
        assertThat(tested()).isEqualTo(Arrays.stream(run).collect(Collectors.toSet()));
    }

    @Test
    void noUnknownSettingGoesToTheClient() {
        KafkaSettings settings =
                KafkaSettings.of(new SubscriptionSettings("topic", Map.of("bootstrap.servers", "127.0.0.1:9")));
        assertThat(ConsumerConfig.configNames())
                .containsAll(settings.consumer().keySet())
                .containsAll(settings.lookBackConsumer().keySet());
        assertThat(AdminClientConfig.configNames()).containsAll(settings.admin().keySet());
    }

    private static Set<String> tested() throws IOException {
        return TESTED.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toSet());
    }
}

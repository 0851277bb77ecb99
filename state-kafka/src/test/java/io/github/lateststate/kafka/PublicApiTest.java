package io.github.lateststate.kafka;

import io.github.lateststate.testing.PublicApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("public-api")
class PublicApiTest {

    @Test
    void theCallersApiMatchesTheCommittedFile() throws IOException {
        PublicApi.check(
                KafkaSubscriber.class, List.of("io.github.lateststate.kafka"), Path.of("src/test/api/state-kafka.txt"));
    }
}

package io.github.lateststate.kinesis;

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
                KinesisSubscriber.class,
                List.of("io.github.lateststate.kinesis"),
                Path.of("src/test/api/state-kinesis.txt"));
    }
}

package io.github.lateststate.spring;

import io.github.lateststate.testing.PublicApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("public-api")
class PublicApiTest {

    @Test
    void theApiForApplicationsIsWhatWasCommitted() throws IOException {
        PublicApi.check(
                LatestStates.class,
                List.of("io.github.lateststate.spring"),
                Path.of("src/test/api/state-spring-boot-starter.txt"));
    }
}

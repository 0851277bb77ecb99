package io.github.lateststate.cdi;

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
                LatestStates.class, List.of("io.github.lateststate.cdi"), Path.of("src/test/api/state-cdi.txt"));
    }
}

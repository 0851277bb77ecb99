package io.github.lateststate;

import io.github.lateststate.testing.PublicApi;
import io.github.lateststate.testing.SubscriberContractTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("public-api")
class PublicApiTest {

    private static final String ROOT = "io.github.lateststate";

    @Test
    void theApiForCallersAndImplementersMatchesTheCommittedFile() throws IOException {
        PublicApi.check(
                LatestState.class,
                List.of(
                        ROOT,
                        ROOT + ".engine",
                        ROOT + ".json",
                        ROOT + ".metrics",
                        ROOT + ".resource",
                        ROOT + ".spi",
                        ROOT + ".testing"),
                Path.of("src/test/api/state-core.txt"));
    }

    @Test
    void theApiOfTheTestJarMatchesTheCommittedFile() throws IOException {
        PublicApi.check(
                SubscriberContractTest.class, List.of(ROOT + ".testing"), Path.of("src/test/api/state-core-tests.txt"));
    }
}

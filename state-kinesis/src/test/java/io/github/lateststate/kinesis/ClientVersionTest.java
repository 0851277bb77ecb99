package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented versions of the AWS SDK are the tested ones. */
@Tag("every-client")
class ClientVersionTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final Pattern TESTED =
            Pattern.compile("(?m)^\\| AWS SDK (\\d+\\.\\d+\\.\\d+) \\| (yes|no: polls) \\|");

    @Test
    void thisVersionIsAccepted() {
        assertThatCode(ClientVersion::require).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.1", "2.28.29", "2.28"})
    void anOlderVersionIsRefused(String version) {
        assertThatIllegalStateException()
                .isThrownBy(() -> ClientVersion.require(version))
                .withMessageContaining(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.29.0", "2.100.0", "3.0.0", "2.60.0-SNAPSHOT", "of an unknown version"})
    void aNewerVersionAndOneThatIsNotKnownAreTried(String version) {
        assertThatCode(() -> ClientVersion.require(version)).doesNotThrowAnyException();
    }

    @Test
    void thePageSaysWhetherThisVersionHasFanOut() throws IOException {
        assertThat(TESTED.matcher(Files.readString(PAGE)).results())
                .filteredOn(row -> row.group(1).equals(ClientVersion.name()))
                .singleElement()
                .extracting(row -> row.group(2))
                .isEqualTo(ClientVersion.hasFanOut() ? "yes" : "no: polls");
    }

    @Test
    void thePageNamesOnlyTestedVersions() throws IOException {
        Set<String> run = Arrays.stream(System.getProperty("aws.sdk.tested").split(" ", -1))
                .collect(Collectors.toSet());
        assertThat(TESTED.matcher(Files.readString(PAGE)).results().map((MatchResult row) -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(run);
    }
}

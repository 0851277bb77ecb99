package io.github.lateststate.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.testing.InMemorySubscriber;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs below the oldest supported version. It is not named as a test, because it runs only with such a version, in the
 * profile for older clients.
 */
@Tag("too-old-jackson")
class TooOldJacksonCheck {

    @Test
    void theStateFailsAndNamesThePresentVersionTheRequiredOneAndWhatToChange() {
        InMemorySubscriber broker = new InMemorySubscriber();
        broker.push("{}");
        try (LatestState<?> state = LatestState.builder(JsonDecoder.of(Map.class)).subscriber(broker).stream("models")
                .open()) {
            assertThat(state.status().phase()).isEqualTo(Phase.FAILED);
            assertThat(state.status().rejected()).isZero();
            assertThat(state.status().lastError().orElseThrow())
                    .hasMessageContaining("jackson-databind " + System.getProperty("jackson.too-old")
                            + " is on the class path, but JsonDecoder needs 2.11 or newer. Set the version in your pom:"
                            + " <dependency><groupId>com.fasterxml.jackson.core</groupId>"
                            + "<artifactId>jackson-databind</artifactId><version>"
                            + System.getProperty("jackson.newest") + "</version></dependency>");
        }
    }
}

package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {

    @Test
    void invalidPausesAreRefused() {
        LatestState<String> state =
                LatestState.builder((payload, origin) -> "").subscriber(new InMemorySubscriber()).stream("any")
                        .open();
        LatestResourceBuilder<String, String> builder = LatestResource.builder(state, value -> value, resource -> {});
        assertThatThrownBy(() -> builder.retry(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("PT0S", "PT1S");
        assertThatThrownBy(() -> builder.retry(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.retry(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        builder.retry(Duration.ofSeconds(1), Duration.ofSeconds(1));
        state.close();
    }
}

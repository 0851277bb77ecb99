package io.github.lateststate.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

    @Example
    void aPauseDoublesUpToTheLongest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), () -> 1);
        assertThat(Stream.generate(backoff::next).limit(5))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Example
    void aResetBeginsAgainWithTheFirstPause() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5), () -> 1);
        backoff.next();
        backoff.next();
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Property
    void aPauseIsBetweenHalfAndTheWhole(
            @ForAll @IntRange(min = 1) int first, @ForAll @DoubleRange(min = 0, max = 1) double random) {
        Backoff backoff = new Backoff(Duration.ofSeconds(first), Duration.ofDays(1_000_000), () -> random);
        assertThat(backoff.next()).isBetween(Duration.ofMillis(500L * first), Duration.ofSeconds(first));
        assertThat(backoff.next()).isBetween(Duration.ofSeconds(first), Duration.ofSeconds(2L * first));
        Stream.generate(backoff::next)
                .limit(100)
                .forEach(pause -> assertThat(pause).isPositive());
    }

    @Example
    void invalidPausesAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, second, () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("PT0S", "PT1S");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), second, () -> 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Backoff(second, second, () -> 1).next()).isEqualTo(second);
    }
}

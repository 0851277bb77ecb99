package io.github.lateststate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class OutageBackoffTest {

    @Example
    void pausesDoubleUpToFiveSeconds() {
        assertThat(longest(false, 7)).containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
    }

    @Example
    void pausesAreLongerIfCredentialsOrRightsAreWrong() {
        assertThat(longest(true, 5)).containsExactly(2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
    }

    @Example
    void pausesBeginAgainOnceItWorks() {
        OutageBackoff backoff = new OutageBackoff(() -> 1);
        backoff.next(false);
        backoff.next(false);
        backoff.reset();
        assertThat(backoff.next(false)).isEqualTo(Duration.ofMillis(200));
    }

    @Property
    void aPauseIsRandomBetweenHalfAndTheWhole(
            @ForAll @DoubleRange(min = 0, max = 1) double random,
            @ForAll boolean denied,
            @ForAll @IntRange(min = 1, max = 100) int tries) {
        OutageBackoff backoff = new OutageBackoff(() -> random);
        long whole = longest(denied, tries).get(tries - 1);
        for (int i = 1; i < tries; i++) {
            backoff.next(denied);
        }
        assertThat(backoff.next(denied).toMillis()).isBetween(whole / 2, whole);
    }

    @Example
    void aPauseIsAtLeastHalf() {
        assertThat(new OutageBackoff(() -> 0).next(false)).isEqualTo(Duration.ofMillis(100));
    }

    private static List<Long> longest(boolean denied, int tries) {
        OutageBackoff backoff = new OutageBackoff(() -> 1);
        return IntStream.range(0, tries)
                .mapToObj(i -> backoff.next(denied).toMillis())
                .toList();
    }
}

package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    private final Leftovers leftovers = new Leftovers("group-" + UUID.randomUUID());

    @Test
    void aConsumerWithTheSameTagInEnoughLooksIsALeftover() {
        for (int look = 1; look < Leftovers.LOOKS; look++) {
            assertThat(leftovers.look(Map.of("dead", "7"))).isEmpty();
        }
        assertThat(leftovers.look(Map.of("dead", "7"))).containsExactly("dead");
    }

    @Property
    void aConsumerWhoseTagChangesIsAlive(@ForAll @IntRange(min = 1, max = Leftovers.LOOKS - 1) int unchangedLooks) {
        for (int look = 0; look < 50; look++) {
            String beat = Integer.toString(look / unchangedLooks);
            assertThat(leftovers.look(Map.of("alive", beat))).isEmpty();
        }
    }

    @Test
    void aConsumerThatWasAwayIsCountedFromTheStart() {
        for (int look = 1; look < Leftovers.LOOKS; look++) {
            leftovers.look(Map.of("dead", "7"));
        }
        leftovers.look(Map.of());
        assertThat(leftovers.look(Map.of("dead", "7"))).isEmpty();
    }

    @Test
    void onlyNamesWithThisPrefixAndARandomIdAreOurs() {
        assertThat(leftovers.isOurs("group-" + UUID.randomUUID())).isTrue();
        assertThat(leftovers.isOurs("group-b-" + UUID.randomUUID())).isFalse();
        assertThat(leftovers.isOurs("group-1")).isFalse();
        assertThat(leftovers.isOurs("other-" + UUID.randomUUID())).isFalse();
        assertThat(leftovers.isOurs("group-" + UUID.randomUUID() + "-x")).isFalse();
    }
}

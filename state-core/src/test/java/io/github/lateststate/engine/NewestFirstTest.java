package io.github.lateststate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewestFirstTest {

    private final List<Integer> offered = new ArrayList<>();

    @Test
    void theNewestIsOfferedFirstAndNoneOlderThanTheAcceptedOne() {
        assertThat(NewestFirst.offer(List.of(1, 2, 3, 4), this::acceptsTwo)).isTrue();
        assertThat(offered).containsExactly(4, 3, 2);
    }

    @Test
    void allAreOfferedIfNoneIsAccepted() {
        assertThat(NewestFirst.offer(List.of(3, 4), this::acceptsTwo)).isFalse();
        assertThat(offered).containsExactly(4, 3);
    }

    private boolean acceptsTwo(int record) {
        offered.add(record);
        return record == 2;
    }
}

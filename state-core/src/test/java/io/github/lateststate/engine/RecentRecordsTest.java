package io.github.lateststate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentRecordsTest {

    private final RecentRecords<String> records = new RecentRecords<>(3, 10, String::length);
    private final List<String> offered = new ArrayList<>();

    @Test
    void theOldestAreDroppedIfThereAreTooMany() {
        List.of("a", "b", "c", "d").forEach(records::add);
        assertThat(records.isTrimmed()).isTrue();
        assertThat(records.oldest()).isEqualTo("b");
        assertThat(records.newest()).isEqualTo("d");
    }

    @Test
    void theOldestAreDroppedIfTheyAreTooLarge() {
        List.of("1234", "5678", "90").forEach(records::add);
        assertThat(records.isTrimmed()).isFalse();
        assertThat(records.averageBytes()).isEqualTo(3);
        records.add("x");
        assertThat(records.isTrimmed()).isTrue();
        assertThat(records.oldest()).isEqualTo("5678");
    }

    @Test
    void theLastOneIsKeptHoweverLargeItIs() {
        records.add("a");
        records.add("larger than all");
        assertThat(records.oldest()).isEqualTo("larger than all").isEqualTo(records.newest());
    }

    @Test
    void recordsAreOfferedNewestFirstUntilOneIsAcceptedAndEachIsRemovedBefore() {
        List.of("a", "b", "c").forEach(records::add);
        assertThat(records.offerNewestFirst(record -> {
                    assertThat(records.newest()).isNotEqualTo(record);
                    return accepts(record, "b");
                }))
                .isTrue();
        assertThat(offered).containsExactly("c", "b");
        assertThat(records.newest()).isEqualTo("a");
        assertThat(records.averageBytes()).isOne();
    }

    @Test
    void noRecordIsKeptAfterAllWereRejected() {
        List.of("a", "b").forEach(records::add);
        assertThat(records.offerNewestFirst(record -> accepts(record, "none"))).isFalse();
        assertThat(offered).containsExactly("b", "a");
        assertThat(records.newest()).isNull();
        assertThat(records.averageBytes()).isZero();
    }

    @Test
    void clearForgetsAlsoThatRecordsWereDropped() {
        List.of("a", "b", "c", "d").forEach(records::add);
        records.clear();
        assertThat(records.isTrimmed()).isFalse();
        assertThat(records.oldest()).isNull();
        List.of("1234", "567890").forEach(records::add);
        assertThat(records.isTrimmed()).isFalse();
    }

    private boolean accepts(String record, String one) {
        offered.add(record);
        return record.equals(one);
    }
}

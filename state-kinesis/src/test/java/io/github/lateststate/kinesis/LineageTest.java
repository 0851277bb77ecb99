package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Examples. {@link ReshardPropertyTest} tests random resharding. */
class LineageTest {

    private final Lineage lineage = new Lineage();

    @Test
    void theHeadOfAParentCountsUntilAChildHasOne() {
        lineage.add(List.of(shard("p", null, null), shard("a", "p", null), shard("b", "p", null)));
        assertThat(lineage.accepted("p")).isEmpty();
        assertThat(lineage.counts("p")).isTrue();
        assertThat(lineage.accepted("a")).containsExactly("p");
        assertThat(lineage.counts("p")).isFalse();
        assertThat(lineage.counts("b")).isTrue();
        assertThat(lineage.counts("a")).isTrue();
    }

    @Test
    void aHeadRetiresAllOfItsAncestors() {
        lineage.add(
                List.of(shard("a", null, null), shard("b", null, null), shard("c", "a", "b"), shard("d", "c", null)));
        lineage.accepted("a");
        lineage.accepted("b");
        assertThat(lineage.accepted("d")).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aChildIsReadyWhenAllOfItsParentsAreRead() {
        lineage.add(List.of(shard("a", null, null), shard("b", null, null), shard("c", "a", "b")));
        lineage.begin("a");
        lineage.begin("b");
        assertThat(lineage.ready()).isEmpty();
        lineage.end("a");
        assertThat(lineage.ready()).isEmpty();
        lineage.end("b");
        assertThat(lineage.ready()).containsExactly("c");
    }

    @Test
    void aParentThatHasExpiredDoesNotBlockItsChild() {
        lineage.add(List.of(shard("c", "gone", null)));
        assertThat(lineage.ready()).containsExactly("c");
    }

    @Test
    void aClosedShardHasALookBackIfItsDescendantsHaveNoAcceptedRecord() {
        lineage.add(List.of(shard("p", null, null), shard("a", "p", null), shard("b", "p", null)));
        lineage.lookedBack("a");
        assertThat(lineage.next()).isEmpty();
        lineage.lookedBack("b");
        assertThat(lineage.next()).containsExactly("p");
        lineage.lookedBack("p");
        assertThat(lineage.next()).isEmpty();
    }

    @Test
    void aClosedShardHasNoLookBackIfAChildHasAHead() {
        lineage.add(List.of(shard("p", null, null), shard("a", "p", null), shard("b", "p", null)));
        lineage.accepted("a");
        lineage.lookedBack("a");
        lineage.lookedBack("b");
        assertThat(lineage.next()).isEmpty();
    }

    @Test
    void aShardThatHasExpiredIsNotReadAgain() {
        lineage.add(List.of(shard("p", null, null), shard("a", "p", null)));
        lineage.accepted("p");
        lineage.end("p");
        lineage.begin("a");
        lineage.lookBackAgain(Set.of("a"));
        assertThat(lineage.ready()).containsExactly("a");
        lineage.lookedBack("a");
        assertThat(lineage.next()).isEmpty();
        assertThat(lineage.counts("p")).isTrue();
    }

    /** The list may be outdated, and lack a shard that is new. */
    @Test
    void aShardThatIsNotListedButWasNotReadToItsEndIsReadAgain() {
        lineage.add(List.of(shard("p", null, null), shard("a", "p", null)));
        lineage.end("p");
        lineage.begin("a");
        lineage.lookBackAgain(Set.of("p"));
        assertThat(lineage.ready()).containsExactly("p");
        lineage.end("p");
        assertThat(lineage.ready()).containsExactly("a");
    }

    private static Shard shard(String id, @Nullable String parent, @Nullable String adjacent) {
        return Shard.builder()
                .shardId(id)
                .parentShardId(parent)
                .adjacentParentShardId(adjacent)
                .build();
    }
}

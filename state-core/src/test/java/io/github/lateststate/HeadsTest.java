package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HeadsTest {

    /** One record. There are few partitions and timestamps, so that ties are frequent. The id identifies the record. */
    record Put(String partition, int second, int id) {}

    @Property
    void theNewestHeadIsTheGreatestByTimeThenPartition(@ForAll("logs") List<Put> log) {
        Optional<Integer> expected = lastOfEachPartition(log).stream()
                .max(Comparator.comparingInt(Put::second).thenComparing(Put::partition))
                .map(Put::id);
        assertThat(newestAfter(log)).isEqualTo(expected);
    }

    @Property
    void anyInterleavingOfThePartitionsGivesTheSameNewest(@ForAll("logs") List<Put> log, @ForAll Random random) {
        assertThat(newestAfter(interleavedAnew(log, random))).isEqualTo(newestAfter(log));
    }

    @Property
    void aReaderOfOnlyTheLastRecordsAgreesWithAReaderOfAll(@ForAll("logs") List<Put> log, @ForAll Random random) {
        List<Put> last = lastOfEachPartition(log);
        Collections.shuffle(last, random);
        assertThat(newestAfter(last)).isEqualTo(newestAfter(log));
    }

    @Property
    void aReaderThatStartsInTheMiddleAgreesWithAReaderOfAll(@ForAll("logs") List<Put> log, @ForAll Random random) {
        int start = log.isEmpty() ? 0 : random.nextInt(log.size());
        List<Put> seen = lastOfEachPartition(log.subList(0, start));
        seen.addAll(log.subList(start, log.size()));
        assertThat(newestAfter(seen)).isEqualTo(newestAfter(log));
    }

    @Property
    void aRetiredPartitionCountsAsIfItHadNeverExisted(@ForAll("logs") List<Put> log) {
        Heads<Integer> heads = headsAfter(log);
        heads.retire("b");
        List<Put> others =
                log.stream().filter(put -> !put.partition().equals("b")).toList();
        assertThat(heads.newest()).isEqualTo(newestAfter(others));
    }

    @Property
    void aRecordAfterRetirementMakesThePartitionCountAgain(@ForAll("logs") List<Put> log) {
        Heads<Integer> heads = headsAfter(log);
        heads.retire("b");
        heads.put("b", Instant.ofEpochSecond(99), -1);
        assertThat(heads.newest()).contains(-1);
    }

    @Property
    void headsOfAReplacedLogCountUntilTheNewLogHasOne(
            @ForAll("logs") List<Put> before, @ForAll("logs") List<Put> after) {
        Heads<Integer> heads = headsAfter(before);
        heads.replaced();
        assertThat(heads.newest()).isEqualTo(newestAfter(before));
        after.forEach(put -> heads.put(put.partition(), Instant.ofEpochSecond(put.second()), put.id()));
        assertThat(heads.newest()).isEqualTo(newestAfter(after.isEmpty() ? before : after));
    }

    @Example
    void theLaterRecordOfAPartitionWinsEvenIfItsTimestampIsOlder() {
        assertThat(newestAfter(List.of(new Put("a", 5, 1), new Put("a", 2, 2)))).contains(2);
    }

    @Example
    void aHeadThatWentBackInTimeLosesToAnotherPartition() {
        List<Put> log = List.of(new Put("a", 5, 1), new Put("b", 3, 2), new Put("a", 2, 3));
        assertThat(newestAfter(log)).contains(2);
    }

    @Example
    void theGreaterPartitionNameWinsForEqualTimestamps() {
        assertThat(newestAfter(List.of(new Put("b", 1, 1), new Put("a", 1, 2)))).contains(1);
    }

    @Example
    void thereIsNoNewestHeadWithoutRecords() {
        Heads<Integer> heads = new Heads<>();
        heads.retire("never seen");
        assertThat(heads.newest()).isEmpty();
    }

    /** Comparing all heads for each record would take half an hour. */
    @Example
    void theWorkForEachRecordDoesNotGrowWithTheNumberOfPartitions() {
        Heads<Integer> heads = new Heads<>();
        for (int i = 0; i < 500_000; i++) {
            heads.put(Integer.toString(i), Instant.ofEpochSecond(i), i);
            assertThat(heads.newest().orElseThrow()).isEqualTo(i);
        }
    }

    @Provide
    Arbitrary<List<Put>> logs() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.integers().between(0, 5))
                .as((partition, second) -> new Put(partition, second, 0))
                .list()
                .ofMaxSize(30)
                .map(HeadsTest::numbered);
    }

    private static List<Put> numbered(List<Put> puts) {
        List<Put> log = new ArrayList<>();
        puts.forEach(put -> log.add(new Put(put.partition(), put.second(), log.size())));
        return log;
    }

    private static Optional<Integer> newestAfter(List<Put> log) {
        return headsAfter(log).newest();
    }

    private static Heads<Integer> headsAfter(List<Put> log) {
        Heads<Integer> heads = new Heads<>();
        log.forEach(put -> heads.put(put.partition(), Instant.ofEpochSecond(put.second()), put.id()));
        return heads;
    }

    private static List<Put> lastOfEachPartition(List<Put> log) {
        List<Put> last = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = log.size() - 1; i >= 0; i--) {
            if (seen.add(log.get(i).partition())) {
                last.add(log.get(i));
            }
        }
        return last;
    }

    /** Shuffles whose turn it is. The order within each partition stays. */
    private static List<Put> interleavedAnew(List<Put> log, Random random) {
        Map<String, List<Put>> byPartition = new TreeMap<>();
        log.forEach(put -> byPartition
                .computeIfAbsent(put.partition(), partition -> new ArrayList<>())
                .add(put));
        Map<String, Iterator<Put>> rest = new TreeMap<>();
        byPartition.forEach((partition, puts) -> rest.put(partition, puts.iterator()));
        List<Put> turns = new ArrayList<>(log);
        Collections.shuffle(turns, random);
        return turns.stream()
                .map(turn -> Objects.requireNonNull(rest.get(turn.partition())).next())
                .toList();
    }
}

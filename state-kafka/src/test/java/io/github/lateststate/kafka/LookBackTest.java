package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.kafka.LogInMemory.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;

class LookBackTest {

    private static final int KEPT = 3 * LogInMemory.LARGE;

    @Property
    void everyRecordFromTheEndBackToTheLastAcceptableOneIsOffered(
            @ForAll("logs") LogInMemory log, @ForAll Random random) {
        Reader reader = new Reader(log, random);
        reader.readToTheEnd();
        assertThat(reader.offered).isEqualTo(log.backToTheLastGoodOne(log.begin()));
    }

    @Property
    void aLogThatLosesItsBeginningMeanwhileIsSearchedFromTheNewOne(
            @ForAll("logs") LogInMemory log, @ForAll @LongRange(max = 6_000) long cut, @ForAll Random random) {
        Reader reader = new Reader(log, random);
        reader.poll(random.nextInt(8));
        long begin = reader.lookBack.done() ? log.begin() : Math.min(log.begin() + cut, reader.lookBack.windowEnd());
        reader.again(log.begin() + cut);
        reader.readToTheEnd();
        assertThat(reader.offered).isEqualTo(log.backToTheLastGoodOne(begin));
    }

    @Property
    void theEndOfTheLookBackNeverMoves(@ForAll("logs") LogInMemory log, @ForAll Random random) {
        Reader reader = new Reader(log, random);
        while (!reader.lookBack.done()) {
            reader.poll();
            assertThat(reader.lookBack.end()).isEqualTo(log.end());
        }
    }

    @Property
    void aWindowKeepsNoMoreThanTheBounds(@ForAll("logs") LogInMemory log, @ForAll Random random) {
        Reader reader = new Reader(log, random);
        while (!reader.lookBack.done()) {
            int before = reader.offered.size();
            reader.poll();
            List<Long> window = reader.offered.subList(before, reader.offered.size());
            assertThat(window.stream().mapToLong(log::sizeAt).sum()).isLessThanOrEqualTo(KEPT);
        }
    }

    @Property
    void theWorkIsBoundedByTheSearchedLength(@ForAll("logs") LogInMemory log, @ForAll Random random) {
        Reader reader = new Reader(log, random);
        reader.readToTheEnd();
        assertThat(reader.offsetsRead).isLessThanOrEqualTo(4 * (log.end() - reader.readFrom));
    }

    @Example
    void largeBadRecordsBeforeALongGapAreNotReadAgainAndAgain() {
        LogInMemory log = new LogInMemory(0)
                .append(Slot.GOOD, 5_000)
                .append(Slot.LARGE_BAD, 500)
                .append(Slot.GAP, 100_000);
        Reader reader = new Reader(log, new Random(1));
        reader.readToTheEnd();
        assertThat(reader.offered).hasSize(501);
        assertThat(reader.offsetsRead).isLessThan(3 * log.end());
    }

    @Example
    void aGoodLastRecordIsFoundInOneWindowOfTwoOffsetsWhateverTheLength() {
        LogInMemory log = new LogInMemory(7).append(Slot.BAD, 5_000).append(Slot.GOOD, 1);
        Reader reader = new Reader(log, new Random(1));
        reader.readToTheEnd();
        assertThat(reader.offered).containsExactly(log.end() - 1);
        assertThat(reader.offsetsRead).isEqualTo(2);
    }

    /** A look-back never receives records of other keys; it sees a gap instead. */
    @Example
    void theReadsForARecordBeforeAMillionUnwantedOnesFollowTheDistance() {
        LogInMemory log =
                new LogInMemory(0).append(Slot.BAD, 5_000).append(Slot.GOOD, 1).append(Slot.GAP, 1_000_000);
        Reader reader = new Reader(log, new Random(1));
        reader.readToTheEnd();
        assertThat(reader.offered).containsExactly(5_000L);
        assertThat(reader.offsetsRead).isLessThanOrEqualTo(4 * 1_000_001);
    }

    @Example
    void recordsOutsideOfTheWindowAreIgnored() {
        LookBack lookBack = new LookBack(0, 10, KEPT, LookBack.FIRST_STEP);
        lookBack.read(LogInMemory.record(lookBack.windowBegin() - 1, LogInMemory.SMALL));
        lookBack.read(LogInMemory.record(lookBack.windowEnd(), LogInMemory.SMALL));
        List<Long> offered = new ArrayList<>();
        lookBack.reached(11, record -> offered.add(record.offset()));
        assertThat(offered).isEmpty();
    }

    @Example
    void anEmptyLogIsDoneAtOnce() {
        assertThat(new LookBack(5, 5, KEPT, LookBack.FIRST_STEP).done()).isTrue();
    }

    @Example
    void aBeginBehindTheEndIsAnEmptyLogThatEndsAtTheEnd() {
        LookBack lookBack = new LookBack(9, 5, KEPT, LookBack.FIRST_STEP);
        assertThat(lookBack.done()).isTrue();
        assertThat(lookBack.end()).isEqualTo(5);
    }

    @Example
    void theGreatestOffsetsDoNotOverflow() {
        LookBack lookBack = new LookBack(0, Long.MAX_VALUE, KEPT, LookBack.FIRST_STEP);
        int windows = 0;
        while (!lookBack.done()) {
            assertThat(lookBack.windowBegin()).isBetween(0L, lookBack.windowEnd() - 1);
            lookBack.reached(lookBack.windowEnd(), record -> false);
            windows++;
        }
        assertThat(windows).isLessThan(64);
    }

    @Provide
    Arbitrary<LogInMemory> logs() {
        Arbitrary<Integer> length = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(1, 600),
                Arbitraries.integers().between(1, 3_000));
        Arbitrary<LogInMemory> runs = Combinators.combine(Arbitraries.of(Slot.class), length)
                .as((slot, count) -> new LogInMemory(0).append(slot, count))
                .list()
                .ofMaxSize(8)
                .map(LogInMemory::joined);
        return Combinators.combine(Arbitraries.longs().between(0, 50), runs)
                .as((begin, slots) -> new LogInMemory(begin).append(slots));
    }

    /** Reads like a consumer: in polls of any length, over gaps, and beyond the window. */
    private static final class Reader {

        private final LogInMemory log;
        private final Random random;
        private final LookBack lookBack;
        private final List<Long> offered = new ArrayList<>();
        private long position;
        private long readFrom;
        private long offsetsRead;

        Reader(LogInMemory log, Random random) {
            this.log = log;
            this.random = random;
            this.lookBack = new LookBack(log.begin(), log.end(), KEPT, LookBack.FIRST_STEP);
            this.position = lookBack.windowBegin();
            this.readFrom = log.end();
        }

        void readToTheEnd() {
            poll(Integer.MAX_VALUE);
        }

        void poll(int times) {
            for (int i = 0; i < times && !lookBack.done(); i++) {
                poll();
            }
        }

        void poll() {
            readFrom = Math.min(readFrom, position);
            long next = position + 1 + random.nextInt(700);
            offsetsRead += Math.min(next, lookBack.windowEnd()) - position;
            LongStream.range(position, next)
                    .forEach(offset -> log.record(offset).ifPresent(lookBack::read));
            position = next;
            if (lookBack.reached(position, this::offer)) {
                position = lookBack.windowBegin();
            }
        }

        void again(long newBegin) {
            lookBack.again(newBegin);
            position = lookBack.windowBegin();
        }

        private boolean offer(ConsumerRecord<byte[], byte[]> record) {
            offered.add(record.offset());
            return log.at(record.offset()) == Slot.GOOD;
        }
    }
}

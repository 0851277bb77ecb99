package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** Splits and merges, seen by an instance that follows and by one that starts late. */
class ReshardPropertyTest {

    private SimulatedLoop loop = new SimulatedLoop();
    private SimulatedKinesis kinesis = new SimulatedKinesis(loop, loop.now());
    private int written;

    @BeforeTry
    void newStream() {
        loop = new SimulatedLoop();
        kinesis = new SimulatedKinesis(loop, loop.now());
        written = 0;
    }

    @Property(tries = 300)
    void noRecordIsMissedOrOfferedTwice(
            @ForAll @Size(max = 40) List<@IntRange(max = 99) Integer> steps, @ForAll long seed) {
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> false, seed);
        steps.forEach(this::step);
        loop.run(Duration.ofMinutes(2));
        assertThat(instance.sink.offered())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, written)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(instance.sink.breaches()).isEmpty();
    }

    /** If both have the same heads, they have the same state. Every third record is a bad one. */
    @Property(tries = 300)
    void aLateInstanceAgreesWithAnEarlyOne(
            @ForAll @Size(max = 40) List<@IntRange(max = 99) Integer> steps, @ForAll long seed) {
        HeadSink early = new HeadSink();
        follow(early, seed);
        steps.forEach(this::step);
        loop.run(Duration.ofMinutes(2));
        HeadSink late = new HeadSink();
        follow(late, seed + 1);
        loop.runUntil(() -> late.caughtUp, Duration.ofMinutes(5));
        assertThat(late.heads).isEqualTo(early.heads);
    }

    private void follow(StateSink sink, long seed) {
        StreamContext context = new StreamContext(
                SimulatedInstance.SETTINGS,
                kinesis,
                loop,
                new Contact(sink, loop),
                progress -> {},
                new java.util.Random(seed)::nextDouble);
        StreamSession session = new StreamSession(context, sink, null);
        loop.execute(session::start);
    }

    /** Mostly writes; sometimes splits or merges. */
    private void step(int choice) {
        loop.run(Duration.ofMillis(choice * 37L));
        List<String> open = kinesis.openShards();
        String one = open.get(choice % open.size());
        Instant now = loop.now();
        if (choice < 8) {
            kinesis.split(one, now);
        } else if (choice < 20 && open.size() > 1) {
            kinesis.merge(one, open.get((choice + 1) % open.size()), now);
        } else {
            kinesis.put(one, now, Integer.toString(++written));
        }
        loop.run(Duration.ofMillis(1));
    }

    /** Keeps the last accepted record of each shard that counts. */
    private static final class HeadSink implements StateSink {

        private final RecordingSink checks = new RecordingSink(payload -> Integer.parseInt(payload) % 3 != 0);
        private final Map<String, String> heads = new TreeMap<>();
        private boolean caughtUp;

        @Override
        public boolean offer(StateRecord record) {
            boolean accepted = checks.offer(record);
            if (accepted) {
                heads.put(record.partition(), record.position());
            }
            return accepted;
        }

        @Override
        public void rejected(StateRecord record, Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void replaced() {
            throw new AssertionError("it is always the same stream");
        }

        @Override
        public void retire(String partition) {
            checks.retire(partition);
            heads.remove(partition);
        }

        @Override
        public void caughtUp(long recordsRead) {
            caughtUp = true;
        }

        @Override
        public void contact(Duration age, boolean newerPending) {}

        @Override
        public void interrupted(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
    }
}

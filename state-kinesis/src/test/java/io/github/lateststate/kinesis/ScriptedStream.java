package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.ScriptedShard.Entry;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A stream that behaves like AWS in ways that the emulator does not: reads cross idle regions step by step,
 * MillisBehindLatest follows the clock, records are trimmed, iterators expire, calls are throttled. The test controls
 * the time. Thread-safe.
 */
final class ScriptedStream {

    /** One answer to GetRecords; without a next iterator at the end of a closed shard. */
    record Page(
            List<Entry> records,
            BigInteger after,
            @Nullable String next,
            long millisBehindLatest,
            List<ScriptedShard> children) {}

    private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);

    private final String name;
    private final InstantSource clock;
    private final ScriptedShards shards = new ScriptedShards();
    private final RateLimit rates = new RateLimit();
    private Duration stride = Duration.ofDays(3650);
    private Duration retention = Duration.ofDays(365);
    private Duration idleBehind = Duration.ZERO;
    private Duration iteratorLife = ITERATOR_LIFE;
    private int pageSize = 10_000;
    private boolean throttled;
    private boolean lastPageAtTip;
    private BigInteger lastSequence =
            BigInteger.valueOf(95); // soon they have three digits: a greater number, but a smaller string

    ScriptedStream(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    /** How much idle time one GetRecords call crosses; unlimited by default. */
    synchronized ScriptedStream stride(Duration most) {
        stride = most;
        return this;
    }

    synchronized ScriptedStream retention(Duration most) {
        retention = most;
        return this;
    }

    synchronized Duration retention() {
        return retention;
    }

    /** The MillisBehindLatest at the tip of an idle shard. */
    synchronized ScriptedStream idleBehind(Duration behind) {
        idleBehind = behind;
        return this;
    }

    /** Reports MillisBehindLatest 0 with the last record. By default it does so only on the page after it. */
    synchronized ScriptedStream lastPageAtTip() {
        lastPageAtTip = true;
        return this;
    }

    synchronized ScriptedStream iteratorLife(Duration life) {
        iteratorLife = life;
        return this;
    }

    synchronized ScriptedStream pageSize(int records) {
        pageSize = records;
        return this;
    }

    /** Serves at most five GetRecords and five GetShardIterator calls per second and per shard. */
    synchronized ScriptedStream throttled() {
        throttled = true;
        return this;
    }

    String name() {
        return name;
    }

    Instant now() {
        return clock.instant();
    }

    /** Appends to the first open shard. */
    BigInteger put(Instant arrival, String value) {
        return put(openShards().get(0), arrival, value.getBytes(StandardCharsets.UTF_8));
    }

    synchronized BigInteger put(String shard, Instant arrival, byte[] value) {
        lastSequence = lastSequence.add(BigInteger.ONE);
        shards.get(shard).append(new Entry(lastSequence, arrival, "state", SdkBytes.fromByteArray(value)));
        return lastSequence;
    }

    synchronized List<String> openShards() {
        return shards.open();
    }

    /** Closes a shard and opens two children. */
    synchronized List<String> split(String parent, Instant at) {
        return shards.split(parent, at);
    }

    /** Closes two shards and opens their child. */
    synchronized String merge(String one, String other, Instant at) {
        return shards.merge(one, other, at);
    }

    synchronized List<ScriptedShard> list(String filter, @Nullable Instant from) {
        return shards.list(filter, from, horizon());
    }

    synchronized String iterator(String shard, String type, @Nullable Instant time, @Nullable BigInteger sequence) {
        throttle("GetShardIterator of " + shard);
        return place(listed(shard), type, time, sequence).toString();
    }

    synchronized Page records(String iterator, int limit) {
        ScriptedPlace place = ScriptedPlace.of(iterator);
        Instant now = now();
        if (place.issued().plus(iteratorLife).isBefore(now)) {
            throw KinesisError.of("ExpiredIteratorException", "Iterator expired: " + iterator);
        }
        throttle("GetRecords of " + place.shard());
        return read(listed(place.shard()), place, Math.min(limit, pageSize));
    }

    private void throttle(String what) {
        if (throttled && !rates.admits(what, 5, now())) {
            throw KinesisError.of("ProvisionedThroughputExceededException", "Rate exceeded for " + what);
        }
    }

    private Page read(ScriptedShard shard, ScriptedPlace place, int limit) {
        Instant now = now();
        Instant from = later(place.reached(), horizon());
        Instant end = shard.closed().orElse(now);
        List<Entry> left = shard.entries(horizon()).stream()
                .filter(entry -> entry.sequence().compareTo(place.after()) > 0)
                .toList();
        Instant target = from.plus(stride);
        if (left.isEmpty() || left.get(0).arrival().isAfter(target)) {
            BigInteger after = place.after();
            if (left.isEmpty() && !target.isBefore(end)) {
                return shard.closed().isPresent()
                        ? new Page(List.of(), after, null, 0, shards.children(shard.id()))
                        : new Page(List.of(), after, next(place, after, now), idleBehind.toMillis(), List.of());
            }
            return new Page(List.of(), after, next(place, after, target), millis(target, now), List.of());
        }
        List<Entry> page = left.subList(0, Math.min(limit, left.size()));
        Entry last = page.get(page.size() - 1);
        boolean through = page.size() == left.size();
        boolean ended = shard.closed().isPresent() && through;
        return new Page(
                List.copyOf(page),
                last.sequence(),
                ended ? null : next(place, last.sequence(), later(from, last.arrival())),
                ended || (through && lastPageAtTip) ? 0 : millis(last.arrival(), now),
                ended ? shards.children(shard.id()) : List.of());
    }

    private ScriptedPlace place(
            ScriptedShard shard, String type, @Nullable Instant time, @Nullable BigInteger sequence) {
        Instant now = now();
        if (type.equals("AT_TIMESTAMP") && time != null) {
            if (time.isAfter(now)) {
                throw KinesisError.of(
                        "InvalidArgumentException",
                        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: "
                                + time.toEpochMilli() + ", currentTimestampInMillis: " + now.toEpochMilli());
            }
            return new ScriptedPlace(shard.id(), shard.before(later(time, horizon())), time, now);
        }
        if (type.equals("AFTER_SEQUENCE_NUMBER") && sequence != null) {
            Instant reached = shard.reachedBy(sequence);
            if (reached.isBefore(horizon()) && !sequence.equals(BigInteger.ZERO)) {
                throw KinesisError.of(
                        "InvalidArgumentException",
                        "StartingSequenceNumber " + sequence + " used in GetShardIterator on shard " + shard.id()
                                + " in stream " + name + " is invalid because it is trimmed.");
            }
            return new ScriptedPlace(shard.id(), sequence, reached, now);
        }
        return switch (type) {
            case "TRIM_HORIZON" -> new ScriptedPlace(shard.id(), BigInteger.ZERO, horizon(), now);
            case "LATEST" -> new ScriptedPlace(shard.id(), lastSequence, now, now);
            default -> throw KinesisError.of("InvalidArgumentException", "not simulated: " + type);
        };
    }

    private String next(ScriptedPlace place, BigInteger after, Instant reached) {
        return new ScriptedPlace(place.shard(), after, reached, now()).toString();
    }

    private ScriptedShard listed(String id) {
        return list("FROM_TRIM_HORIZON", null).stream()
                .filter(shard -> shard.id().equals(id))
                .findFirst()
                .orElseThrow(() -> KinesisError.of(
                        "ResourceNotFoundException", "Shard " + id + " in stream " + name + " does not exist"));
    }

    private Instant horizon() {
        return now().minus(retention);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}

package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shards of a {@link ScriptedStream}: which are open, and which came from which. Guarded by the stream. */
final class ScriptedShards {

    private static final BigInteger LAST_KEY = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);

    private final Map<String, ScriptedShard> shards = new LinkedHashMap<>();

    /** One open shard that has all hash keys. */
    ScriptedShards() {
        add(List.of(), BigInteger.ZERO, LAST_KEY);
    }

    ScriptedShard get(String id) {
        ScriptedShard shard = shards.get(id);
        if (shard == null) {
            throw new IllegalArgumentException(id);
        }
        return shard;
    }

    List<String> open() {
        return shards.values().stream()
                .filter(shard -> shard.closed().isEmpty())
                .map(ScriptedShard::id)
                .toList();
    }

    List<ScriptedShard> list(String filter, @Nullable Instant from, Instant horizon) {
        Instant since = filter.equals("FROM_TIMESTAMP") && from != null && from.isAfter(horizon) ? from : horizon;
        return shards.values().stream()
                .filter(shard -> shard.closed()
                        .map(closed -> !filter.equals("AT_LATEST") && !closed.isBefore(since))
                        .orElse(true))
                .toList();
    }

    List<ScriptedShard> children(String parent) {
        return shards.values().stream()
                .filter(shard -> shard.parents().contains(parent))
                .toList();
    }

    List<String> split(String parent, Instant at) {
        ScriptedShard old = get(parent);
        old.close(at);
        BigInteger middle = old.first().add(old.last()).shiftRight(1);
        return List.of(
                add(List.of(parent), old.first(), middle).id(),
                add(List.of(parent), middle.add(BigInteger.ONE), old.last()).id());
    }

    String merge(String one, String other, Instant at) {
        get(one).close(at);
        get(other).close(at);
        return add(
                        List.of(one, other),
                        get(one).first().min(get(other).first()),
                        get(one).last().max(get(other).last()))
                .id();
    }

    private ScriptedShard add(List<String> parents, BigInteger first, BigInteger last) {
        ScriptedShard shard = new ScriptedShard("shardId-%012d".formatted(shards.size()), parents, first, last);
        shards.put(shard.id(), shard);
        return shard;
    }
}

package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.HashKeyRange;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The hash keys of a stream. The ranges of its open shards cover all of them. If they do not, the list lacks a shard,
 * which happens for a moment after a stream was created.
 */
final class KeySpace {

    private static final BigInteger KEYS = BigInteger.ONE.shiftLeft(128);

    /** Emulators that divide the space inexactly lose a few keys. */
    private static final BigInteger ROUNDING = BigInteger.ONE.shiftLeft(16);

    private KeySpace() {}

    /** Whether the open shards in this list have all keys, as far as the server reports their keys. */
    static boolean isCoveredBy(Collection<Shard> shards) {
        if (shards.stream().anyMatch(KeySpace::isIncomplete)) {
            return false;
        }
        List<Shard> open = shards.stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
        if (open.isEmpty() || open.stream().anyMatch(shard -> shard.hashKeyRange() == null)) {
            return !open.isEmpty();
        }
        BigInteger covered = BigInteger.ZERO;
        for (Shard shard :
                open.stream().sorted(Comparator.comparing(KeySpace::first)).toList()) {
            if (first(shard).subtract(covered).compareTo(ROUNDING) > 0) {
                return false;
            }
            covered = covered.max(end(shard));
        }
        return KEYS.subtract(covered).compareTo(ROUNDING) <= 0;
    }

    /** Whether a shard with these keys has this key. */
    static boolean holds(HashKeyRange range, BigInteger key) {
        return key.compareTo(new BigInteger(range.startingHashKey())) >= 0
                && key.compareTo(new BigInteger(range.endingHashKey())) <= 0;
    }

    private static boolean isIncomplete(Shard shard) {
        return shard.shardId() == null
                || shard.sequenceNumberRange() == null
                || shard.sequenceNumberRange().startingSequenceNumber() == null;
    }

    private static BigInteger first(Shard shard) {
        HashKeyRange range = shard.hashKeyRange();
        return new BigInteger(range.startingHashKey());
    }

    private static BigInteger end(Shard shard) {
        HashKeyRange range = shard.hashKeyRange();
        return new BigInteger(range.endingHashKey()).add(BigInteger.ONE);
    }
}

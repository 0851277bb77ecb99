package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Instant;

/** The place of an iterator in a {@link ScriptedStream}. */
record ScriptedPlace(String shard, BigInteger after, Instant reached, Instant issued) {

    static ScriptedPlace of(String iterator) {
        String[] parts = iterator.split("/", -1);
        return new ScriptedPlace(parts[0], new BigInteger(parts[1]), Instant.parse(parts[2]), Instant.parse(parts[3]));
    }

    @Override
    public String toString() {
        return shard + "/" + after + "/" + reached + "/" + issued;
    }
}

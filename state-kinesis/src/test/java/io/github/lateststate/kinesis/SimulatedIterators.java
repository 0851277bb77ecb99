package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;

/** The iterators that a {@link SimulatedKinesis} has given out. They expire. */
final class SimulatedIterators {

    /** Where an iterator is: before the record with this index, and past all records until that time. */
    record Place(String shard, int index, Instant time, Instant made) {}

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final SimulatedLoop loop;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private int made;

    SimulatedIterators(SimulatedLoop loop) {
        this.loop = loop;
    }

    Place place(String iterator) {
        Place place = places.get(iterator);
        if (place == null || hasExpired(place)) {
            throw ExpiredIteratorException.builder().message("expired").build();
        }
        return place;
    }

    /** An iterator at the start of a search. */
    String at(SimulatedShard shard, Start start, Instant horizon, Duration serverIsBehind) {
        Instant first = shard.opened.isAfter(horizon) ? shard.opened : horizon;
        if (start instanceof Start.After after) {
            BigInteger last = new BigInteger(after.sequenceNumber());
            int index = 0;
            while (index < shard.records.size()
                    && Positions.of(shard.records.get(index)).compareTo(last) <= 0) {
                index++;
            }
            return next(shard, index, index == 0 ? first : Positions.timeOf(shard.records.get(index - 1)));
        }
        Instant from = start instanceof Start.At at && at.time().isAfter(first) ? at.time() : first;
        if (from.isAfter(loop.now().minus(serverIsBehind))) {
            throw InvalidArgumentException.builder().message("in the future").build();
        }
        int index = 0;
        while (index < shard.records.size()
                && Positions.timeOf(shard.records.get(index)).isBefore(from)) {
            index++;
        }
        return next(shard, index, from);
    }

    /** An iterator at a place. */
    String next(SimulatedShard shard, int index, Instant time) {
        Iterator<Place> oldest = places.values().iterator();
        while (oldest.hasNext() && hasExpired(oldest.next())) {
            oldest.remove();
        }
        String iterator = shard.id + "/" + made++;
        places.put(iterator, new Place(shard.id, index, time, loop.now()));
        return iterator;
    }

    private boolean hasExpired(Place place) {
        return place.made().plus(LIFE).isBefore(loop.now());
    }
}

package io.github.lateststate.reliability;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Where an update stands.
 *
 * @param log counts how often the topic or stream was created
 * @param position the offset or sequence number in this log
 */
record Place(int log, BigInteger position) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::log).thenComparing(Place::position);

    static Place of(int log, String position) {
        return new Place(log, new BigInteger(position));
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return log + ":" + position;
    }
}

package io.github.lateststate.spi;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The last records that were rejected. If an undecided record makes a look-back begin again, it meets those behind that
 * record again; they are not offered twice. Not safe for use by several threads at once.
 */
final class TurnedDown {

    /** If there are more, they are offered again instead of kept here. */
    private static final int MOST = 1_000;

    private final Set<String> places = new LinkedHashSet<>();
    private boolean undecided;

    void rejected(StateRecord record) {
        places.add(place(record));
        if (places.size() > MOST) {
            places.remove(places.iterator().next());
        }
    }

    /** Notes that a look-back will begin again. */
    void undecided() {
        undecided = true;
    }

    void accepted() {
        places.clear();
        undecided = false;
    }

    boolean contains(StateRecord record) {
        return undecided && places.contains(place(record));
    }

    /** Includes the timestamp, because the log may have been created again. */
    private static String place(StateRecord record) {
        return record.partition() + "/" + record.position() + "/" + record.timestamp();
    }
}

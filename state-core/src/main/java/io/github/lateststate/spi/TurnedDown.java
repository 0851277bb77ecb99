package io.github.lateststate.spi;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The last records that were rejected. A look-back that begins anew because of an undecided record meets those behind it again; they are
 * not offered twice. Not safe for use by several threads at once.
 */
final class TurnedDown {

    /** More than this is offered again rather than kept. */
    private static final int MOST = 1_000;

    private final Set<String> places = new LinkedHashSet<>();
    private boolean undecided;

    void rejected(StateRecord record) {
        places.add(place(record));
        if (places.size() > MOST) {
            places.remove(places.iterator().next());
        }
    }

    /** A look-back will begin anew. */
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

    /** With the timestamp, as the log may have been created again. */
    private static String place(StateRecord record) {
        return record.partition() + "/" + record.position() + "/" + record.timestamp();
    }
}

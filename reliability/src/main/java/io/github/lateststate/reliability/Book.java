package io.github.lateststate.reliability;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was written to one stream, as the writer knows it. Thread-safe.
 *
 * <p>Times are of {@link System#nanoTime()}. A commit is entered after its acknowledgement, so it is never entered too
 * early. Details of an update are forgotten after {@value #KEPT} newer ones; its fate is kept.
 */
final class Book {

    private static final int KEPT = 200_000;

    private Fate[] fates = new Fate[1024];
    private int size;
    private long committed;
    private long aborted;
    private int log = 1;
    private @Nullable Place deletedBefore;
    private final Map<Long, Place> places = new TreeMap<>();
    private final NavigableMap<Long, Place> newestByTime = new TreeMap<>();

    /** Enters an update before it is sent. */
    synchronized Payload next(Fate fate, boolean readable) {
        if (size == fates.length) {
            fates = Arrays.copyOf(fates, size * 2);
        }
        fates[size] = fate;
        places.remove((long) size - KEPT);
        return new Payload(log, size++, readable);
    }

    /** Notes where the broker said that the update stands. */
    synchronized void placed(Payload update, long offset) {
        placed(update, Long.toString(offset));
    }

    synchronized void placed(Payload update, String position) {
        places.put(update.serial(), Place.of(update.log(), position));
    }

    /** Notes that the commit of these updates is about to be requested. */
    synchronized void commitRequested(List<Payload> updates) {
        updates.forEach(update -> set(update, Fate.UNKNOWN));
    }

    synchronized void committed(List<Payload> updates, long nanos) {
        for (Payload update : updates) {
            set(update, Fate.COMMITTED);
            committed++;
            Place place = places.get(update.serial());
            if (place != null && update.readable()) {
                Map.Entry<Long, Place> last = newestByTime.lastEntry();
                if (last == null || last.getValue().compareTo(place) < 0) {
                    newestByTime.put(last == null ? nanos : Math.max(nanos, last.getKey()), place);
                }
            }
        }
        forget(nanos);
    }

    synchronized void aborted(List<Payload> updates) {
        for (Payload update : updates) {
            set(update, Fate.ABORTED);
            aborted++;
        }
    }

    /** Notes that the topic was created again: its earlier records are no longer required. */
    synchronized void created() {
        log++;
    }

    /** Notes that records of the current log were deleted, up to this position but without it. */
    synchronized void deletedBefore(long position) {
        deletedBefore = new Place(log, BigInteger.valueOf(position));
    }

    /** The newest update that was committed at or before a time, if it is still in the stream. */
    synchronized Optional<Place> requiredAt(long nanos) {
        Map.Entry<Long, Place> entry = newestByTime.floorEntry(nanos);
        return entry == null ? Optional.empty() : Optional.of(entry.getValue()).filter(this::isThere);
    }

    /** The newest committed update, if it is still in the stream. */
    synchronized Optional<Place> newest() {
        return requiredAt(Long.MAX_VALUE);
    }

    /** The fate of an update; empty if it was never written. */
    synchronized Optional<Fate> fate(long serial) {
        return serial < 0 || serial >= size ? Optional.empty() : Optional.of(fates[(int) serial]);
    }

    /** Where the broker said that it stands; empty if it did not say, or if that was forgotten. */
    synchronized Optional<Place> place(long serial) {
        return Optional.ofNullable(places.get(serial));
    }

    synchronized long written() {
        return size;
    }

    synchronized long commits() {
        return committed;
    }

    synchronized long aborts() {
        return aborted;
    }

    private boolean isThere(Place place) {
        return place.log() == log && (deletedBefore == null || place.compareTo(deletedBefore) >= 0);
    }

    private void set(Payload update, Fate fate) {
        fates[(int) update.serial()] = fate;
    }

    /** Nobody asks about so early a time, but the newest update of that time stays. */
    private void forget(long now) {
        Long kept = newestByTime.floorKey(now - 300_000_000_000L);
        if (kept != null) {
            newestByTime.headMap(kept).clear();
        }
    }
}

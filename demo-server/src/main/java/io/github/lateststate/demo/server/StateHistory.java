package io.github.lateststate.demo.server;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The states of the last minutes and when this instance received them, in bounded memory. It begins when the look-back has ended. If
 * states change so often that it is full, it keeps the last one of each second. Thread-safe.
 */
final class StateHistory {

    static final Duration WINDOW = Duration.ofMinutes(5);
    static final int MOST = 600;

    /** A full history has more entries than slots, so some of them share one. */
    private static final Duration SLOT = WINDOW.dividedBy(MOST / 2);

    /** Older records count as if they were this old. Nanoseconds overflow after 292 years. */
    private static final Duration OLDEST = Duration.ofDays(36_500);

    private final LatestState<StateMessage> state;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Current<StateMessage> last;
    private long began;

    /** Without the message, whose text may be long. */
    private record Entry(long nanos, int state, boolean message) {}

    /**
     * One state as JSON.
     *
     * @param age in milliseconds
     * @param message false for the state before any message
     */
    record PastState(long age, int state, boolean message) {}

    /**
     * The history as JSON.
     *
     * @param current the last of the states; if there are none yet, what is served meanwhile
     * @param group identifies the run of the server
     * @param since how long it goes back, in milliseconds
     * @param states the first one may be older
     */
    record Past(@JsonIgnore Current<StateMessage> current, String group, long since, List<PastState> states) {}

    /** Reads the monotonic clock for all ages but that of the first record. */
    StateHistory(LatestState<StateMessage> state, InstantSource clock, LongSupplier nanoTime) {
        this.state = state;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Call it when the state or the status has changed. */
    synchronized void note() {
        if (last == null && !state.status().ready()) {
            return;
        }
        long now = nanoTime.getAsLong();
        Current<StateMessage> current = state.current();
        if (last == null) {
            began = now;
            add(current, now - age(current));
        } else if (!current.equals(last)) {
            add(current, now);
        }
        forget(now);
    }

    synchronized Past past() {
        note();
        long now = nanoTime.getAsLong();
        return last == null
                ? new Past(state.current(), state.group(), 0, List.of())
                : new Past(
                        last,
                        state.group(),
                        millis(now - began),
                        entries.stream()
                                .map(entry -> new PastState(millis(now - entry.nanos), entry.state, entry.message))
                                .toList());
    }

    private void add(Current<StateMessage> current, long nanos) {
        entries.add(
                new Entry(nanos, StateReport.state(current), current.origin().isPresent()));
        last = current;
    }

    /** Keeps the last entry that is older than the window, because it holds until the next one. */
    private void forget(long now) {
        int first = 0;
        while (first + 1 < entries.size() && now - entries.get(first + 1).nanos >= WINDOW.toNanos()) {
            first++;
        }
        entries.subList(0, first).clear();
        if (entries.size() > MOST) {
            thinOut();
        }
    }

    private void thinOut() {
        Map<Long, Entry> lastOfSlot = new LinkedHashMap<>();
        entries.forEach(entry -> lastOfSlot.put(slot(entry), entry));
        entries.clear();
        entries.addAll(lastOfSlot.values());
    }

    private static long slot(Entry entry) {
        return Math.floorDiv(entry.nanos, SLOT.toNanos());
    }

    /** The record that the look-back has found may be old. */
    private long age(Current<StateMessage> current) {
        Instant timestamp = current.origin().flatMap(Origin::timestamp).orElse(null);
        Duration age = timestamp == null ? Duration.ZERO : Duration.between(timestamp, clock.instant());
        return age.isNegative() ? 0 : (age.compareTo(OLDEST) < 0 ? age : OLDEST).toNanos();
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}

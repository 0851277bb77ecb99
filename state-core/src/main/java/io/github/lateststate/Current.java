package io.github.lateststate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state at one moment: a value, or none, and the record it comes from. Immutable.
 *
 * <ul>
 *   <li>A record won: value and origin are present.
 *   <li>A tombstone won: the origin is the tombstone's; the value is the initial one where one was given, else empty.
 *   <li>No record yet: no origin; the value is the initial one where one was given, else empty.
 * </ul>
 *
 * @param <T> the type of the value
 */
public final class Current<T> {

    private final long version;
    private final @Nullable T plainValue;
    private final Optional<T> value;
    private final Optional<Origin> origin;
    private final boolean tombstone;
    private final boolean fromSnapshot;

    private Current(long version, @Nullable T value, Optional<Origin> origin, boolean tombstone, boolean fromSnapshot) {
        this.tombstone = tombstone;
        this.version = version;
        this.fromSnapshot = fromSnapshot;
        this.plainValue = value;
        this.value = Optional.ofNullable(value);
        this.origin = origin;
    }

    static <T> Current<T> beforeAnyRecord(@Nullable T initial) {
        return new Current<>(0, initial, Optional.empty(), false, false);
    }

    Current<T> next(@Nullable T newValue, Origin newOrigin, boolean isTombstone) {
        return new Current<>(version + 1, newValue, Optional.of(newOrigin), isTombstone, false);
    }

    Current<T> restored(@Nullable T savedValue, Origin savedOrigin, boolean isTombstone) {
        return new Current<>(version + 1, savedValue, Optional.of(savedOrigin), isTombstone, true);
    }

    /** Counts the changes of one state, so that no listener is told an older one after a newer one. */
    long version() {
        return version;
    }

    /** The value without its Optional, for the hottest path. */
    @Nullable
    T plainValue() {
        return plainValue;
    }

    /**
     * The value.
     *
     * @return the value; empty if there is none
     */
    public Optional<T> value() {
        return value;
    }

    /**
     * The record that decided it.
     *
     * @return where the record or tombstone stands; empty if there was none yet
     */
    public Optional<Origin> origin() {
        return origin;
    }

    /**
     * Whether this is what an earlier run saved, and the broker has not been heard since.
     *
     * @return {@code true} until a record of the stream takes its place
     */
    public boolean isFromSnapshot() {
        return fromSnapshot;
    }

    /**
     * Whether a tombstone decided it.
     *
     * @return {@code true} if the latest record says that there is no state; the value may be the initial one then
     */
    public boolean isTombstone() {
        return tombstone;
    }

    /** The value and where it comes from. */
    @Override
    public String toString() {
        return value.map(Object::toString).orElse("no state")
                + origin.map(from -> " from " + from).orElse("")
                + (fromSnapshot ? ", saved by an earlier run" : "");
    }
}

package io.github.lateststate;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state at one moment: a value or none, and the record that it comes from. Immutable.
 *
 * <ul>
 *   <li>A record won: the value and the origin are present.
 *   <li>A tombstone won: the origin is that of the tombstone. The value is the initial value if you gave one, else
 *       empty.
 *   <li>There is no record yet: there is no origin. The value is the initial value if you gave one, else empty.
 * </ul>
 *
 * <p>{@link #source()} distinguishes these cases. Two instances are equal if value, source and origin are equal. Values
 * that are arrays are compared by their content.
 *
 * @param <T> the type of the value
 * @apiNote Later versions may add methods.
 */
public final class Current<T> {

    private final long version;
    private final @Nullable T plainValue;
    private final Optional<T> value;
    private final Optional<Origin> origin;
    private final Source source;

    private Current(long version, @Nullable T value, Optional<Origin> origin, Source source) {
        this.version = version;
        this.plainValue = value;
        this.value = Optional.ofNullable(value);
        this.origin = origin;
        this.source = source;
    }

    static <T> Current<T> beforeAnyRecord(@Nullable T initial) {
        return new Current<>(0, initial, Optional.empty(), initial == null ? Source.NONE : Source.INITIAL);
    }

    Current<T> next(@Nullable T newValue, Origin newOrigin, Source newSource) {
        return new Current<>(version + 1, newValue, Optional.of(newOrigin), newSource);
    }

    /** Counts the changes of one state, so that no listener receives an older one after a newer one. */
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
     * The record or tombstone that decided the state.
     *
     * @return where that record stands; empty if there was none yet
     */
    public Optional<Origin> origin() {
        return origin;
    }

    /**
     * Where the state comes from.
     *
     * @return a record, a tombstone, the initial value, a snapshot or nothing
     */
    public Source source() {
        return source;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Current<?> that
                && source == that.source
                && Objects.deepEquals(plainValue, that.plainValue)
                && origin.equals(that.origin);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new Object[] {plainValue, origin});
    }

    /** The value and where it comes from. */
    @Override
    public String toString() {
        return value.map(Object::toString).orElse("no state")
                + origin.map(from -> " from " + from).orElse("")
                + (source == Source.SNAPSHOT ? ", saved by an earlier run" : "");
    }
}

package io.github.lateststate;

import org.jspecify.annotations.Nullable;

/**
 * Turns the payload of a record into a value. It is called by one thread at a time, a thread of the subscriber: what it
 * takes delays the state, and newer records wait meanwhile.
 *
 * <p>Whatever it throws, errors included, rejects the record: the last good state stays, and
 * {@link Status#lastRejection()} says why. So does a null result. It is not called for tombstones.
 *
 * @param <T> the type of the values; should be immutable, as every reader gets the same object
 */
@FunctionalInterface
public interface Decoder<T> {

    /**
     * Decodes one payload.
     *
     * @param payload the payload; do not write into it
     * @param origin where the record stands, its key and its headers
     * @return the value, or null to reject the record
     * @throws Exception to reject the record
     */
    @Nullable
    T decode(byte[] payload, Origin origin) throws Exception;
}

package io.github.lateststate;

import org.jspecify.annotations.Nullable;

/**
 * Turns the payload of a record into a value. It is called by one thread at a time, a thread of the subscriber: what it
 * takes delays the state, and newer records wait meanwhile.
 *
 * <p>Three things can go wrong:
 *
 * <ul>
 *   <li>It cannot decode the record now, because something that it needs does not answer: throw {@link DecodeLaterException}. The
 *       state is {@link Phase#INTERRUPTED} meanwhile, and the record is decoded again later.
 *   <li>It lacks a class ({@link LinkageError}): no record can be decoded until someone fixes the class path, so the state has
 *       {@link Phase#FAILED}.
 *   <li>It throws anything else, errors included, or returns null: the record is rejected, the last good state stays, and
 *       {@link Status#lastRejection()} says why.
 * </ul>
 *
 * <p>The first two count also if they are the cause of another exception: a parser may wrap what the code that it calls throws.
 *
 * <p>A decoder that runs for more than 15 s makes the state {@link Phase#INTERRUPTED} until it returns. It is not called for
 * tombstones.
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
     * @throws DecodeLaterException if the record cannot be decoded now
     * @throws Exception to reject the record
     */
    @Nullable
    T decode(byte[] payload, Origin origin) throws Exception;
}

package io.github.lateststate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

    /**
     * Called once for each state, at {@code open()}, before any record is decoded. Does nothing unless overridden.
     *
     * @param stream the topic or stream
     * @param settings all settings of the state, unmodifiable; a password may be among them
     * @throws InvalidSettingException if a setting is missing or wrong; {@code open()} throws it
     */
    default void open(String stream, Map<String, String> settings) {}

    /**
     * Called once for each state that was opened, when it is closed. A call to {@code decode} may still be running, if it did not end
     * within the time that closing takes. Does nothing unless overridden; what it throws is logged.
     */
    default void close() {}

    /**
     * Decodes UTF-8. A payload that is not UTF-8 is rejected; an empty one is the empty string.
     *
     * @return a decoder, safe for use by several threads
     */
    static Decoder<String> utf8() {
        return of(payload -> StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(payload))
                .toString());
    }

    /**
     * Takes the payload as it is.
     *
     * @return a decoder that returns the payload, not a copy: do not write into it
     */
    static Decoder<byte[]> bytes() {
        return of(payload -> payload);
    }

    /**
     * Decodes by the payload alone.
     *
     * @param function returns the value, or null to reject the record; throws what {@link #decode} may throw
     * @param <T> the type of the values
     * @return a decoder that calls it
     */
    static <T> Decoder<T> of(PayloadFunction<T> function) {
        return (payload, origin) -> function.decode(payload);
    }

    /**
     * Turns a payload into a value.
     *
     * @param <T> the type of the values
     */
    @FunctionalInterface
    interface PayloadFunction<T> {

        /**
         * Decodes one payload.
         *
         * @param payload the payload; do not write into it
         * @return the value, or null to reject the record
         * @throws Exception see {@link Decoder#decode}
         */
        @Nullable
        T decode(byte[] payload) throws Exception;
    }
}

package io.github.lateststate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the payload of a record into a value. One thread at a time calls it, on a thread of the subscriber. While it
 * runs, the state does not change and newer records wait.
 *
 * <p>A decoder can fail in three ways:
 *
 * <ul>
 *   <li>It cannot decode the record now, because something that it needs does not answer. Throw
 *       {@link DecodeLaterException}. The state is {@link Phase#INTERRUPTED} meanwhile, and the record is decoded again
 *       later.
 *   <li>A class is missing ({@link LinkageError}). No record can be decoded until someone fixes the class path, so the
 *       state becomes {@link Phase#FAILED}.
 *   <li>It throws anything else, errors included, or returns null. The record is rejected, the last good state stays,
 *       and {@link Status#lastRejection()} gives the reason.
 * </ul>
 *
 * <p>The first two also apply if they are the cause of another exception, because a parser may wrap what your code
 * throws.
 *
 * <p>If a decoder runs for more than 15 s, the state is {@link Phase#INTERRUPTED} until it returns. Tombstones are not
 * decoded.
 *
 * @param <T> the type of the values; it should be immutable, because every reader gets the same object
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
     * Called once for each state, in {@code open()}, before any record is decoded. The default does nothing.
     *
     * @param stream the topic or stream
     * @param settings all settings of the state, unmodifiable; they may contain a password
     * @throws InvalidSettingException if a setting is missing or wrong; {@code open()} throws it to the caller
     */
    default void open(String stream, Map<String, String> settings) {}

    /**
     * Called once for each state that was opened, when it is closed. A call to {@code decode} may still be running if
     * it outlasts the time that closing takes. Exceptions are logged. The default does nothing.
     */
    default void close() {}

    /**
     * Decodes UTF-8. A payload that is not UTF-8 is rejected. An empty payload is the empty string.
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
     * Returns each payload as it is.
     *
     * @return a decoder that returns the payload, not a copy; do not write into it
     */
    static Decoder<byte[]> bytes() {
        return of(payload -> payload);
    }

    /**
     * Decodes from the payload alone.
     *
     * @param function returns the value, or null to reject the record; may throw what {@link #decode} may throw
     * @param <T> the type of the values
     * @return a decoder that calls the function
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

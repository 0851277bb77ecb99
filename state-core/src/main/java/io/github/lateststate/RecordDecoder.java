package io.github.lateststate;

import io.github.lateststate.concurrent.ContextClassLoader;
import io.github.lateststate.engine.Failures;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.UndecidedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the user's filter and decoder, and classifies what they throw.
 *
 * @param <T> the type of the value
 */
final class RecordDecoder<T> {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    private final String stream;
    private final Decoder<T> decoder;
    private final Predicate<? super Origin> only;
    private final ContextClassLoader context = new ContextClassLoader();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Makes a decoder of records. Filter and decoder are called with the context class loader of this thread.
     *
     * @param only which records count; the others are passed over
     */
    RecordDecoder(String stream, Decoder<T> decoder, Predicate<? super Origin> only) {
        this.stream = stream;
        this.decoder = decoder;
        this.only = only;
    }

    /** Whether a record counts; throws what the filter throws. */
    boolean wants(Origin origin) {
        return Boolean.TRUE.equals(context.call(() -> only.test(origin)));
    }

    /** Returns the value, null for a tombstone; throws what the decoder throws. */
    @Nullable
    T decode(StateRecord record, Origin origin) throws Exception {
        byte[] payload = record.value();
        if (payload == null) {
            return null;
        }
        T value = context.call(() -> decoder.decode(payload, origin));
        if (value == null) {
            throw new IllegalStateException("the decoder returned null");
        }
        return value;
    }

    /** Closes the decoder. Further calls do nothing. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                context.run(decoder::close);
            } catch (RuntimeException | Error e) {
                logger.warn("Cannot close the decoder of '{}': {}", stream, PlainText.of(e));
            }
        }
    }

    /** Throws if the decoder asks to try later. A parser that calls the decoder's code may have wrapped that. */
    void throwIfUndecided(Throwable thrown, Origin origin) {
        Failures.find(thrown, DecodeLaterException.class).ifPresent(later -> {
            throw new UndecidedException(
                    "The decoder cannot decode the record at " + origin + " of '" + stream + "' now, retrying: "
                            + PlainText.of(later),
                    later);
        });
    }

    /** Why no record can be decoded; null if it is the fault of this record. A missing class is not. */
    static @Nullable IllegalStateException whyBroken(Throwable thrown) {
        return Failures.find(thrown, LinkageError.class)
                .map(lacking -> new IllegalStateException(
                        "The decoder lacks a class, so no record can be decoded: " + PlainText.of(lacking)
                                + ". Add the class, or fix the versions on the class path, and open the state again.",
                        lacking))
                .orElse(null);
    }
}

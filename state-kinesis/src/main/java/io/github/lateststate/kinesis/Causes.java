package io.github.lateststate.kinesis;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What is behind an exception. */
final class Causes {

    private Causes() {}

    /** The exception itself, out of what futures wrap it in. */
    static Throwable of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}

package io.github.lateststate.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Finds the cause of an exception. */
public final class Failures {

    /** A chain of causes may be a circle. */
    private static final int DEEPEST = 100;

    private Failures() {}

    /**
     * Removes what futures wrap around an exception.
     *
     * @param thrown an exception
     * @return the first one that is neither a {@link CompletionException} nor an {@link ExecutionException}, or the
     *     innermost of these
     */
    public static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; depth < DEEPEST && isWrapping(cause) && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * Searches an exception and its causes for a type.
     *
     * @param thrown where to begin
     * @param type what to look for
     * @param <X> the type
     * @return the outermost one of that type; empty if there is none
     */
    public static <X> Optional<X> find(Throwable thrown, Class<X> type) {
        return chain(thrown).stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * Returns an exception and its causes.
     *
     * @param thrown where to begin
     * @return the exceptions, outermost first; at most 100, because the causes may be a circle
     */
    public static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && chain.size() < DEEPEST; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static boolean isWrapping(Throwable thrown) {
        return thrown instanceof CompletionException || thrown instanceof ExecutionException;
    }
}

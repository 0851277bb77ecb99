package io.github.lateststate;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an exception in a log if its message is not safe to show: the same stack trace, with the message as plain
 * text.
 */
final class PlainTrace extends Throwable {

    private static final long serialVersionUID = 1L;

    /** Further causes are left out. */
    private static final int MOST_CAUSES = 20;

    private PlainTrace(Throwable thrown, @Nullable Throwable cause) {
        super(PlainText.of(thrown), cause, false, true);
        setStackTrace(thrown.getStackTrace());
    }

    static Throwable of(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean plain = true;
        for (Throwable one = thrown; one != null && plain; one = one.getCause()) {
            plain = seen.add(one) && seen.size() <= MOST_CAUSES && isPlain(one);
        }
        return plain ? thrown : replaced(thrown, MOST_CAUSES);
    }

    private static boolean isPlain(Throwable thrown) {
        return thrown.getSuppressed().length == 0 && PlainText.of(thrown).equals(text(thrown));
    }

    private static @Nullable String text(Throwable thrown) {
        try {
            return thrown.toString();
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private static PlainTrace replaced(Throwable thrown, int causes) {
        Throwable cause = causes == 0 ? null : thrown.getCause();
        return new PlainTrace(thrown, cause == null ? null : replaced(cause, causes - 1));
    }
}

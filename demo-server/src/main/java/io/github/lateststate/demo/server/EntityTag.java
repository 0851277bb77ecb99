package io.github.lateststate.demo.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ETag made of the very value it stands for: the same at every instance and after every restart, and never the same for
 * two values, which a position in a log that was deleted and made anew would be.
 */
record EntityTag(String opaque) {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    /** Whether an If-None-Match header, if there is one, names this tag. Weak and strong tags are compared alike. */
    boolean isAmong(@Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        if (ifNoneMatch.trim().equals("*")) {
            return true;
        }
        Matcher tags = TAG.matcher(ifNoneMatch);
        while (tags.find()) {
            if (opaque.equals(tags.group(1))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return '"' + opaque + '"';
    }
}

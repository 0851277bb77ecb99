package io.github.lateststate.demo.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ETag made from the value itself. It is the same at every instance and after every restart, and never the same for two values. A
 * position would not do: a log that was deleted and created again repeats its positions.
 */
record EntityTag(String opaque) {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    /** Whether an If-None-Match header names this tag. The comparison ignores whether a tag is weak. */
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

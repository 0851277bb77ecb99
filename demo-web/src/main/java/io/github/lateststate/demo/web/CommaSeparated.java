package io.github.lateststate.demo.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads environment variables that hold several names or addresses, separated by commas. */
public final class CommaSeparated {

    private CommaSeparated() {}

    /**
     * Reads a variable.
     *
     * @param env the environment
     * @param variable its name
     * @return what it holds, in its order and in lower case, without blanks and empty parts; empty if it is not set
     */
    public static List<String> of(Map<String, String> env, String variable) {
        return Arrays.stream(env.getOrDefault(variable, "").split(",", -1))
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}

package io.github.lateststate.demo.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that a request may use as its host on the loopback. A page of another site can point its own name at 127.0.0.1 and read
 * the answers. Only the {@code Host} header reveals it.
 *
 * @param added in lower case, each with a port or without; without one, every port fits
 */
public record HostNames(Set<String> added) {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern NAME = Pattern.compile("([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final int HTTP_PORT = 80;

    /** Reads {@code ALLOWED_HOSTS}: additional names, separated by commas. */
    public static HostNames of(Map<String, String> env) {
        Set<String> added = Set.copyOf(CommaSeparated.of(env, "ALLOWED_HOSTS"));
        if (!added.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw new CannotStartException("ALLOWED_HOSTS holds something that is not a host name: write names,"
                    + " separated by commas, such as demo.example or demo.example:8080.");
        }
        return new HostNames(added);
    }

    /** Returns whether a request to this port may name this host. */
    boolean allow(@Nullable String host, int port) {
        if (host == null) {
            return false;
        }
        String asked = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.stream()
                        .anyMatch(name -> asked.equals(name + ":" + port) || (port == HTTP_PORT && asked.equals(name)))
                || added.contains(asked)
                || added.contains(PORT.matcher(asked).replaceFirst(""));
    }
}

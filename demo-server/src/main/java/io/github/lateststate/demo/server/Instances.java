package io.github.lateststate.demo.server;

import io.github.lateststate.demo.web.CannotStartException;
import io.github.lateststate.demo.web.CommaSeparated;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The addresses of all instances of this server. The page of each one shows all of them, so each one lets the pages of the others read
 * its stream. The browser asks the instances. A server asks none.
 *
 * @param origins as a browser writes them in an {@code Origin} header, such as {@code http://localhost:8001}
 */
record Instances(List<String> origins) {

    private static final int MOST = 20;

    /** No path, no user, and no IPv6 address: a Content-Security-Policy cannot name one. */
    private static final Pattern ADDRESS =
            Pattern.compile("https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?/?");

    private static final Pattern DEFAULT_PORT = Pattern.compile("^(http:.*):80$|^(https:.*):443$");

    /** Reads {@code INSTANCES}: addresses, separated by commas. */
    static Instances of(Map<String, String> env) {
        List<String> addresses = CommaSeparated.of(env, "INSTANCES");
        if (!addresses.stream().allMatch(address -> ADDRESS.matcher(address).matches())) {
            throw new CannotStartException("INSTANCES holds something that is not an address: write addresses without a"
                    + " path, separated by commas, such as http://localhost:8000,http://localhost:8001.");
        }
        if (addresses.size() > MOST) {
            throw new CannotStartException("INSTANCES has more than " + MOST + " addresses: name fewer of them.");
        }
        return new Instances(
                addresses.stream().map(Instances::origin).distinct().toList());
    }

    /** The route, which pages of the instances may read. A browser lets no other page read it. */
    Handler mayRead(Handler route) {
        return ctx -> {
            String origin = ctx.header(Header.ORIGIN);
            if (origin != null && origins.contains(origin)) {
                ctx.header(Header.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            }
            route.handle(ctx);
        };
    }

    private static String origin(String address) {
        String noSlash = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return DEFAULT_PORT.matcher(noSlash).replaceFirst("$1$2");
    }
}

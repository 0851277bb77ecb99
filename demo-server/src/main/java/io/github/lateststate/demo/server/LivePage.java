package io.github.lateststate.demo.server;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.jspecify.annotations.Nullable;

/** The root: a page for browsers, a greeting for all other clients. Also has the page's files. */
final class LivePage implements Handler {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

    private final StaticFile page;
    private final String contentSecurityPolicy;

    /**
     * Allows nothing from elsewhere but the streams of the instances, and nothing inline. The page itself names the instances, so its
     * ETag changes with them. A browser keeps the old policy if the page has not changed.
     */
    LivePage(Instances instances) {
        String addresses = String.join(" ", instances.origins());
        page = StaticFile.of("/page/page.html", HTML, text -> text.replace("{{instances}}", addresses));
        contentSecurityPolicy = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self' "
                        + addresses)
                .strip();
    }

    /** The files by their path. */
    static Map<String, Handler> files() {
        return Map.of(
                "/page/page.css", StaticFile.of("/page/page.css", "text/css; charset=utf-8"),
                "/page/icon.svg", StaticFile.of("/page/icon.svg", "image/svg+xml"),
                "/page/page.js", StaticFile.of("/page/page.js", JAVASCRIPT),
                "/page/instance.js", StaticFile.of("/page/instance.js", JAVASCRIPT),
                "/page/sidebyside.js", StaticFile.of("/page/sidebyside.js", JAVASCRIPT),
                "/page/stream.js", StaticFile.of("/page/stream.js", JAVASCRIPT),
                "/page/history.js", StaticFile.of("/page/history.js", JAVASCRIPT),
                "/page/chart.js", StaticFile.of("/page/chart.js", JAVASCRIPT),
                "/page/words.js", StaticFile.of("/page/words.js", JAVASCRIPT),
                "/page/chart.umd.min.js",
                        StaticFile.of(WebJar.resource("chart.js", "dist/chart.umd.min.js"), JAVASCRIPT));
    }

    @Override
    public void handle(Context ctx) throws IOException {
        ctx.header(Header.VARY, Header.ACCEPT);
        if (wantsPage(ctx.header(Header.ACCEPT))) {
            ctx.header(Header.CONTENT_SECURITY_POLICY, contentSecurityPolicy);
            ctx.header(Header.REFERRER_POLICY, "no-referrer");
            page.handle(ctx);
        } else {
            ctx.json(Map.of("message", "Hello World"));
        }
    }

    /** Whether the client names HTML, and does not prefer JSON. */
    private static boolean wantsPage(@Nullable String accept) {
        QuotedQualityCSV types = new QuotedQualityCSV();
        types.addValue(accept);
        return types.getValues().stream()
                .map(type -> type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
                .filter(type -> PAGES.contains(type) || type.equals("application/json"))
                .findFirst()
                .filter(PAGES::contains)
                .isPresent();
    }
}

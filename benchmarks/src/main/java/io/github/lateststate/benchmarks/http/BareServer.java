package io.github.lateststate.benchmarks.http;

import io.javalin.Javalin;

/** Shows the cost of a web API that only returns a constant. */
final class BareServer {

    static final String CONSTANT = "{\"state\":1}";

    private BareServer() {}

    public static void main(String[] arguments) {
        Javalin http = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.get(
                    "/state", ctx -> ctx.contentType("application/json").result(CONSTANT));
        });
        http.start("127.0.0.1", 0);
        System.out.println("The state is at http://127.0.0.1:" + http.port() + "/state");
    }
}

package io.github.lateststate.demo.server;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers a client that already has the current version. It sends no type and no length: they would describe an empty body. */
final class NotModified {

    private NotModified() {}

    static void answer(Context ctx) throws IOException {
        ctx.status(HttpStatus.NOT_MODIFIED);
        HttpServletResponse response = ctx.res();
        response.setContentType(null); // Javalin has set one already
        response.flushBuffer(); // otherwise Jetty adds a length of 0 at the end
    }
}

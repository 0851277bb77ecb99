package io.github.lateststate.demo.server;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The answer to a client that has what it asks for. It tells no type and no length, which would be those of no body at all. */
final class NotModified {

    private NotModified() {}

    static void answer(Context ctx) throws IOException {
        ctx.status(HttpStatus.NOT_MODIFIED);
        HttpServletResponse response = ctx.res();
        response.setContentType(null); // Javalin has set one already
        response.flushBuffer(); // else Jetty would say at the end that the length is 0
    }
}

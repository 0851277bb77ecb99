package io.github.lateststate.demo.web;

import io.github.lateststate.PlainText;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error with a problem, never with a stack trace. */
public final class Problems {

    private static final Logger logger = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** Takes over every error of an API. */
    public static void answerWith(JavalinConfig config) {
        config.routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, e));
        config.routes.exception(Exception.class, (e, ctx) -> {
            logger.error("The request {} {} failed", ctx.method(), PlainText.of(ctx.path()), PlainText.trace(e));
            ctx.status(HttpStatus.INTERNAL_SERVER_ERROR);
        });
        // exceptions end here, and errors of the JVM, which Javalin logs
        config.routes.error(
                HttpStatus.INTERNAL_SERVER_ERROR,
                ctx -> answer(ctx, HttpStatus.INTERNAL_SERVER_ERROR, "The server's log has the details.", null));
        config.jetty.modifyServer(server -> server.setErrorHandler(new JettyProblems()));
    }

    static void unavailable(Context ctx, String reason, Object health) {
        answer(ctx, HttpStatus.SERVICE_UNAVAILABLE, reason, health);
    }

    private static void answer(Context ctx, HttpResponseException e) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        if (status == HttpStatus.METHOD_NOT_ALLOWED) {
            String allowed = String.join(", ", e.getDetails().values());
            ctx.header(Header.ALLOW, allowed);
            answer(ctx, status, PlainText.of(ctx.method() + " is not allowed here: only " + sentence(allowed)), null);
        } else {
            answer(ctx, status, PlainText.of(String.valueOf(e.getMessage())), null);
        }
    }

    private static String sentence(String methods) {
        return methods.contains(", ") ? methods.replace(", ", " and ") + " are." : methods + " is.";
    }

    private static void answer(Context ctx, HttpStatus status, String detail, @Nullable Object health) {
        ctx.status(status);
        ctx.json(Problem.of(status.getCode(), detail, health));
        ctx.contentType(Problem.MEDIA_TYPE);
    }
}

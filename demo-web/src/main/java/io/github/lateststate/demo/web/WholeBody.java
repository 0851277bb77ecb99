package io.github.lateststate.demo.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a request on when its whole body has arrived. A slow body holds no thread, and must be complete before a deadline. A request
 * with an incomplete body reaches no route.
 */
final class WholeBody extends Handler.Wrapper {

    static final int MOST_BYTES = 10_000;

    private static final Logger logger = LoggerFactory.getLogger(WholeBody.class);

    private final Duration deadline;

    WholeBody(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getLength() > MOST_BYTES) {
            refuse(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, tooLong());
        } else {
            new Reading(request, response, callback).run();
        }
        return true;
    }

    private void passOn(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }

    /** Does not wait for the rest of the body. */
    private static void refuse(Request request, Response response, Callback callback, int status, String why) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        Response.writeError(request, response, callback, status, why);
    }

    private static String tooLong() {
        return "The body is longer than the limit of " + MOST_BYTES + " bytes";
    }

    /** Reads one body. Jetty calls it again when more has arrived. */
    private final class Reading implements Runnable {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final AtomicBoolean decided = new AtomicBoolean();
        private Scheduler.@Nullable Task timer;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public void run() {
            while (!decided.get()) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    awaitMore();
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    end(() -> breakOff(chunk.getFailure()));
                    return;
                }
                take(chunk);
            }
        }

        private void awaitMore() {
            if (timer == null) {
                timer = request.getComponents()
                        .getScheduler()
                        .schedule(() -> end(this::refuseAsTooSlow), deadline.toMillis(), TimeUnit.MILLISECONDS);
            }
            request.demand(this);
        }

        private void take(Content.Chunk chunk) {
            byte[] bytes = BufferUtil.toArray(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (body.size() + bytes.length > MOST_BYTES) {
                end(() -> refuse(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, tooLong()));
                return;
            }
            body.writeBytes(bytes);
            if (last) {
                end(() -> passOn(new Complete(request, body.toByteArray()), response, callback));
            }
        }

        private void refuseAsTooSlow() {
            refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.REQUEST_TIMEOUT_408,
                    "The body did not arrive within " + deadline.toMillis() + " ms.");
        }

        private void breakOff(Throwable failure) {
            logger.debug("A body could not be read", failure);
            if (failure instanceof TimeoutException) {
                refuseAsTooSlow();
            } else {
                refuse(request, response, callback, HttpStatus.BAD_REQUEST_400, "The body is malformed or incomplete.");
            }
        }

        /** The first outcome counts: the timer runs on a thread of its own. */
        private void end(Runnable outcome) {
            if (decided.compareAndSet(false, true)) {
                if (timer != null) {
                    timer.cancel();
                }
                outcome.run();
            }
        }
    }

    /** A request whose body is in memory. */
    private static final class Complete extends Request.Wrapper {

        private final Content.Source body;

        Complete(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable next) {
            body.demand(next);
        }
    }
}

package io.github.lateststate.demo.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer as a whole, once its route has returned. A client that reads slowly then holds no thread. A stream of events, which
 * has no whole, passes through.
 */
final class WholeAnswer extends Handler.Wrapper {

    private static final String EVENTS = "text/event-stream";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Collected collected = new Collected(request, response, callback);
        return super.handle(request, collected, collected);
    }

    /** An answer in memory. */
    private static final class Collected extends Response.Wrapper implements Callback {

        private final Callback whenSent;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean complete;

        Collected(Request request, Response response, Callback whenSent) {
            super(request, response);
            this.whenSent = whenSent;
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer part, Callback whenTaken) {
            // a flush sends the head of an answer without a body
            if (isStream() || (!last && !BufferUtil.hasContent(part))) {
                super.write(last, part, whenTaken);
                return;
            }
            if (part != null) {
                body.writeBytes(BufferUtil.toArray(part));
                BufferUtil.clear(part);
            }
            complete |= last;
            whenTaken.succeeded();
        }

        /** After a part nobody may begin another answer, such as an error. */
        @Override
        public boolean isCommitted() {
            return body.size() > 0 || super.isCommitted();
        }

        @Override
        public void succeeded() {
            if (complete) {
                getWrapped().write(true, ByteBuffer.wrap(body.toByteArray()), whenSent);
            } else {
                whenSent.succeeded();
            }
        }

        @Override
        public void failed(Throwable failure) {
            whenSent.failed(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return whenSent.getInvocationType();
        }

        private boolean isStream() {
            String type = getHeaders().get(HttpHeader.CONTENT_TYPE);
            return type != null && type.startsWith(EVENTS);
        }
    }
}

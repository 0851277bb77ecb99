package io.github.lateststate.demo.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.PlainText;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers requests that are refused before they reach a route, such as malformed ones. */
final class JettyProblems extends ErrorHandler {

    private static final ObjectWriter JSON = new JsonMapper().writerFor(Problem.class);

    /** By default Jetty answers OPTIONS, and other rare methods, without a body. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(FrontDoor.CONTENT_TYPE_OPTIONS, FrontDoor.NO_SNIFF);
        response.write(true, problem(code, message), callback);
    }

    private static ByteBuffer problem(int code, @Nullable String message) {
        try {
            return ByteBuffer.wrap(JSON.writeValueAsBytes(
                    Problem.of(code, message == null ? HttpStatus.getMessage(code) : PlainText.of(message))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

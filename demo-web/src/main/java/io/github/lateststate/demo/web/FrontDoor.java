package io.github.lateststate.demo.web;

import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests that no route should see, and hides the headers that would make Javalin treat a request as another one. */
final class FrontDoor extends Handler.Wrapper {

    static final String CONTENT_TYPE_OPTIONS = "X-Content-Type-Options";
    static final String NO_SNIFF = "nosniff";

    /** No route is a web socket, and Javalin would open a session for one. No client may replace a request's method. */
    private static final List<String> HIDDEN = List.of(
            "Sec-WebSocket-Version",
            "Sec-WebSocket-Key",
            "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Extensions",
            "X-HTTP-Method-Override");

    private final HostNames hosts;

    FrontDoor(HostNames hosts) {
        this.hosts = hosts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        if (!isForThisServer(request)) {
            refuse(
                    request,
                    response,
                    callback,
                    HttpStatus.MISDIRECTED_REQUEST_421,
                    "On the loopback this server answers only to localhost, 127.0.0.1 and [::1] with its port."
                            + " Name other hosts in ALLOWED_HOSTS.");
            return true;
        }
        if (!Request.getPathInContext(request).startsWith("/") || HttpMethod.CONNECT.is(request.getMethod())) {
            refuse(request, response, callback, HttpStatus.NOT_FOUND_404, "Ask for a path, such as /.");
            return true;
        }
        return super.handle(new Plain(request), response, callback);
    }

    /** Closes the connection: after a CONNECT Jetty would take it for a tunnel, and keep it. */
    private static void refuse(Request request, Response response, Callback callback, int status, String why) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        Response.writeError(request, response, callback, status, why);
    }

    private boolean isForThisServer(Request request) {
        if (!(request.getConnectionMetaData().getLocalSocketAddress() instanceof InetSocketAddress here)
                || !here.getAddress().isLoopbackAddress()) {
            return true;
        }
        // the authority in the request line, if there is one, wins over the header
        String authority = request.getHttpURI().getAuthority();
        return hosts.allow(request.getHeaders().get(HttpHeader.HOST), here.getPort())
                && (authority == null || hosts.allow(authority, here.getPort()));
    }

    /** The request without the hidden headers. */
    private static final class Plain extends Request.Wrapper {

        private final HttpFields headers;

        Plain(Request request) {
            super(request);
            HttpFields.Mutable shown = HttpFields.build(request.getHeaders());
            HIDDEN.forEach(shown::remove);
            headers = shown.asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}

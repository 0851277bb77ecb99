package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.demo.web.Problems;
import io.github.lateststate.testing.InMemorySubscriber;
import io.javalin.Javalin;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Handler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    private static final String PROBLEM = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}";

    @Test
    void aPathWithoutARouteIsNotFound() throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            assertProblem(api.get("/nowhere"), 404, "Not Found", "Endpoint GET /nowhere not found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "MADE-UP"})
    void aMethodThatARouteDoesNotHaveIsNotAllowed(String method) throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> response = api.request(method, "/state");

            assertProblem(response, 405, "Method Not Allowed", method + " is not allowed here: only GET and HEAD are.");
            assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
        }
    }

    @Test
    void anExceptionIsAnInternalErrorWithoutDetails() throws Exception {
        HttpResponse<String> response = answerOf(ctx -> {
            throw new IllegalStateException("a secret");
        });

        assertProblem(response, 500, "Internal Server Error", "The server's log has the details.");
    }

    @Test
    void anErrorOfTheJvmIsAnInternalErrorWithoutDetails() throws Exception {
        HttpResponse<String> response = answerOf(ctx -> {
            throw new StackOverflowError("a secret");
        });

        assertProblem(response, 500, "Internal Server Error", "The server's log has the details.");
    }

    @Test
    void anExceptionThatNamesAStatusIsAnsweredWithIt() throws Exception {
        HttpResponse<String> response = answerOf(ctx -> {
            throw new BadRequestResponse("no such thing");
        });

        assertProblem(response, 400, "Bad Request", "no such thing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE", "GET /%zz HTTP/1.1", "GET / HTTP/1.1", "GET / HTTP/9.9"})
    void aMalformedRequestIsAnsweredWithAProblem(String requestLine) throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            assertThat(answerTo(requestLine, api.port()))
                    .contains("Content-Type: application/problem+json")
                    .contains("{\"type\":\"about:blank\",\"title\":\"")
                    .doesNotContain("<html", "\tat ");
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status, String title, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(response.body()).isEqualTo(PROBLEM.formatted(title, status, detail));
    }

    private static HttpResponse<String> answerOf(Handler handler) throws Exception {
        Javalin http = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    Problems.answerWith(config);
                    config.routes.get("/", handler);
                })
                .start("127.0.0.1", 0);
        try {
            URI uri = URI.create("http://127.0.0.1:" + http.port());
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } finally {
            http.stop();
        }
    }

    private static String answerTo(String requestLine, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((requestLine + "\r\n\r\n").getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}

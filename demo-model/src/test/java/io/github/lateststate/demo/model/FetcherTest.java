package io.github.lateststate.demo.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetcherTest {

    private static final int MOST = 1000;

    @TempDir
    private Path folder;

    private Fetcher fetcher;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        fetcher = fetcher(Duration.ofMinutes(1));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void aFileIsRead() throws Exception {
        assertThat(fetcher.fetch(file(MOST))).hasSize(MOST);
    }

    @Test
    void aFileThatIsTooBigIsRefused() throws Exception {
        URI file = file(MOST + 1);

        assertThatIOException()
                .isThrownBy(() -> fetcher.fetch(file))
                .withMessageContaining("larger than the limit of 1000 bytes");
    }

    @Test
    void aFileOutsideTheStoreIsRefusedLikeOneThatDoesNotExist(@TempDir Path elsewhere) throws Exception {
        Path secret = Files.write(elsewhere.resolve("secret"), new byte[] {1});
        Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
        Path linkedFolder = Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        List<String> paths = List.of(
                folder.resolve("missing").toString(),
                folder.toString(),
                secret.toString(),
                elsewhere.resolve("missing").toString(),
                folder + "/../" + elsewhere.getFileName() + "/secret",
                folder + "/%2e%2e/" + elsewhere.getFileName() + "/secret",
                folder + "/..%2f" + elsewhere.getFileName() + "%2fsecret",
                folder + "/%252e%252e/" + elsewhere.getFileName() + "/secret",
                "//" + secret,
                "///" + secret,
                link.toString(),
                linkedFolder.resolve("secret").toString(),
                folder + "-beside/secret",
                folder + "/%00");
        for (String path : paths) {
            assertThatIOException()
                    .as(path)
                    .isThrownBy(() -> fetcher.fetch(URI.create("file:" + path)))
                    .withMessage("There is no such file in the folder of the store. MODEL_STORE names the folder.");
        }
    }

    @Test
    void withoutAStoreEveryFileIsRefused(@TempDir Path elsewhere) throws Exception {
        URI secret = Files.write(elsewhere.resolve("secret"), new byte[] {1}).toUri();
        Fetcher storeless = new Fetcher(new ModelStore(folder.resolve("none")), MOST, Duration.ofMinutes(1));

        assertThatIOException()
                .isThrownBy(() -> storeless.fetch(secret))
                .withMessageStartingWith("There is no such file in the folder of the store");
    }

    @Test
    void anAddressIsDownloaded() throws Exception {
        assertThat(fetcher.fetch(answering(200, MOST))).hasSize(MOST);
    }

    @Test
    void aDownloadThatIsTooBigIsGivenUp() {
        URI address = answering(200, 100 * MOST);

        assertThatIOException()
                .isThrownBy(() -> fetcher.fetch(address))
                .withMessageContaining("larger than the limit of 1000 bytes");
    }

    @Test
    void aStatusThatIsNotOkIsNamed() {
        URI address = answering(404, 10);

        assertThatIOException()
                .isThrownBy(() -> fetcher.fetch(address))
                .withMessageEndingWith("answered with status 404");
    }

    @Test
    void aServerThatIsAwayIsNamed() {
        URI address = answering(200, 10);
        server.stop(0);

        assertThatIOException()
                .isThrownBy(() -> fetcher.fetch(address))
                .withMessageContainingAll("127.0.0.1", "ConnectException");
    }

    @Test
    void aDownloadThatHangsInTheMiddleOfTheBodyEndsInTime() {
        CountDownLatch over = new CountDownLatch(1);
        URI address = address(exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write("half".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            awaitQuietly(over);
        });
        try {
            assertThatIOException()
                    .isThrownBy(() -> fetcher(Duration.ofMillis(300)).fetch(address))
                    .withMessageContaining("did not send the whole artifact within PT0.3S");
        } finally {
            over.countDown();
        }
    }

    @Test
    void anInterruptEndsADownload() {
        CountDownLatch over = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        URI address = address(exchange -> {
            caller.interrupt();
            awaitQuietly(over);
        });
        try {
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> fetcher.fetch(address));
        } finally {
            over.countDown();
        }
    }

    private Fetcher fetcher(Duration patience) {
        return new Fetcher(new ModelStore(folder), MOST, patience);
    }

    private URI file(int size) throws IOException {
        return Files.write(folder.resolve("artifact"), new byte[size]).toUri();
    }

    private URI answering(int status, int size) {
        return address(exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, 0); // chunked: the size is not known in advance
                exchange.getResponseBody().write(new byte[size]);
            }
        });
    }

    private URI address(HttpHandler handler) {
        server.createContext("/artifact", handler);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/artifact");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

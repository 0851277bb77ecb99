package io.github.lateststate.demo.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads an artifact into memory, up to a size and within a time. */
final class Fetcher {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final ModelStore store;
    private final int mostBytes;
    private final Duration patience;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECTED_WITHIN)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /**
     * Sets the limits.
     *
     * @param store the only folder that files are taken from
     * @param mostBytes the most bytes an artifact may have
     * @param patience how long a download may take, to its last byte
     */
    Fetcher(ModelStore store, int mostBytes, Duration patience) {
        this.store = store;
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    /**
     * Blocks until the whole artifact is there.
     *
     * @param uri with a scheme that {@link ModelRef} accepts
     * @throws IOException if the artifact cannot be read; the message gives the reason
     * @throws InterruptedException if the thread is interrupted; a download is cancelled
     */
    byte[] fetch(URI uri) throws IOException, InterruptedException {
        return "file".equalsIgnoreCase(uri.getScheme()) ? read(store.find(uri)) : download(uri);
    }

    private byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw BoundedBody.tooBig(mostBytes);
            }
            return bytes;
        }
    }

    /** A timeout set on the request would not cover the body. */
    private byte[] download(URI uri) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(HttpRequest.newBuilder(uri).build(), info -> new BoundedBody(mostBytes));
        try {
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IOException(uri.getHost() + " answered with status " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(uri.getHost() + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(uri.getHost() + " did not send the whole artifact within " + patience, e);
        } finally {
            answer.cancel(true);
        }
    }
}

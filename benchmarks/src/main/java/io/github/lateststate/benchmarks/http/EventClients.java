package io.github.lateststate.benchmarks.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Clients of the stream of events, each with a connection. They note when they receive a state. */
final class EventClients implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<CompletableFuture<?>> streams = new ArrayList<>();
    private final Map<Integer, BlockingQueue<Long>> receipts = new ConcurrentHashMap<>();

    /** Opens this many streams. Returns when each has received this state. */
    EventClients(WebServer server, int clients, int state) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.at("/state/stream")).build();
        for (int i = 0; i < clients; i++) {
            streams.add(client.sendAsync(request, BodyHandlers.fromLineSubscriber(new Lines())));
        }
        received(state);
    }

    /** Waits until every client has received a state. Returns the {@link System#nanoTime()} of each. */
    List<Long> received(int state) throws InterruptedException {
        List<Long> at = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            Long next = receipts(state).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new IllegalStateException(i + " of " + streams.size() + " clients received " + state);
            }
            at.add(next);
        }
        return at;
    }

    private BlockingQueue<Long> receipts(int state) {
        return receipts.computeIfAbsent(state, none -> new LinkedBlockingQueue<>());
    }

    @Override
    public void close() {
        streams.forEach(stream -> stream.cancel(true));
    }

    /** The lines of one stream. */
    private final class Lines implements Flow.Subscriber<String> {

        private static final String STATE = "data: {\"state\":";

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith(STATE)) {
                String rest = line.substring(STATE.length());
                receipts(Integer.parseInt(rest.substring(0, rest.indexOf(',')))).add(System.nanoTime());
            }
        }

        @Override
        public void onError(Throwable end) {
            // The waiting thread reports how many are missing.
        }

        @Override
        public void onComplete() {}
    }
}

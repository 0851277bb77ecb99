package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lateststate.Current;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of the stream. It has no queue: it remembers what it was sent last, and when it can take more, it is sent what is current
 * then. No write blocks, so one thread can serve all clients. Thread-safe.
 */
final class StreamClient implements WriteListener {

    private static final int MILLIS_TO_RECONNECT = 1_000;

    private final StreamFeed feed;
    private final boolean withHistory;
    private final ServletOutputStream out;
    private final Closeable connection;
    private final Consumer<StreamClient> whenGone;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private boolean greeted;
    private @Nullable Current<StateMessage> sentState;
    private int sentStatuses = -1;
    private int sentComments;
    private boolean unflushed;
    private boolean blocked;
    private int blockedSince;
    private boolean finishing;

    /** Closes the connection if the client does not read. The history, if it is asked for, is the first event. */
    StreamClient(
            StreamFeed feed,
            boolean withHistory,
            ServletOutputStream out,
            Closeable connection,
            Consumer<StreamClient> whenGone) {
        this.feed = feed;
        this.withHistory = withHistory;
        this.out = out;
        this.connection = connection;
        this.whenGone = whenGone;
        this.sentComments = feed.comments();
    }

    /** Completes when the response should end, and never with an exception. */
    CompletableFuture<@Nullable Void> end() {
        return end;
    }

    /** Sends what is new, as far as possible without waiting. */
    synchronized void send() {
        try {
            while (!end.isDone() && (unflushed || hasNews()) && canWrite()) {
                if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    unflushed = true;
                    out.write(news().getBytes(UTF_8));
                }
            }
        } catch (IOException | IllegalStateException gone) { // IllegalStateException: Jetty has ended the response
            close();
        }
    }

    /** Closes it if two comments have become due since the last successful write. */
    synchronized void closeIfStuck() {
        if (blocked && feed.comments() - blockedSince > 1) {
            close();
        }
    }

    /** Ends the response as soon as the current write has ended. */
    synchronized void finish() {
        if (blocked) {
            finishing = true;
        } else {
            close();
        }
    }

    /** Ends the response. If the client cannot be written to, ends the connection. */
    synchronized void close() {
        if (blocked) {
            try {
                connection.close();
            } catch (IOException e) {
                // the connection is gone, as intended
            }
        }
        whenGone.accept(this);
        end.complete(null);
    }

    @Override
    public synchronized void onWritePossible() {
        blocked = false;
        if (finishing) {
            close();
        } else {
            send();
        }
    }

    @Override
    public void onError(Throwable vanished) {
        close();
    }

    /** If this is false, Jetty calls {@link #onWritePossible} later. */
    private boolean canWrite() {
        if (out.isReady()) {
            return true;
        }
        if (!blocked) {
            blocked = true;
            blockedSince = feed.comments();
        }
        return false;
    }

    private boolean hasNews() {
        return !feed.current().equals(sentState) || feed.statuses() != sentStatuses || feed.comments() != sentComments;
    }

    private String news() {
        StringBuilder news = new StringBuilder();
        Current<StateMessage> current = feed.current();
        if (!greeted) {
            greeted = true;
            // after a restart of the server, the clients should not all come back at the same moment
            int spread = ThreadLocalRandom.current().nextInt(MILLIS_TO_RECONNECT);
            news.append("retry: ").append(MILLIS_TO_RECONNECT + spread).append("\n\n");
            if (withHistory) {
                StateHistory.Past past = feed.past();
                news.append(feed.historyEvent(past));
                current = past.current(); // the state event says more about the last state
            }
        }
        if (!current.equals(sentState)) {
            sentState = current;
            news.append(feed.stateEvent(current));
        }
        int statuses = feed.statuses();
        if (statuses != sentStatuses) {
            sentStatuses = statuses;
            news.append(feed.statusEvent());
        }
        int comments = feed.comments();
        if (comments != sentComments) {
            sentComments = comments;
            news.append(": still here\n\n");
        }
        return news.toString();
    }
}

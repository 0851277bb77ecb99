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
 * One client of the stream. It has no queue: it knows what it was told last, and when it can be written to it is told what
 * there is then. No write blocks, so one thread can tell all clients. Thread-safe.
 */
final class StreamClient implements WriteListener {

    private static final int MILLIS_TO_RECONNECT = 1_000;

    private final StreamFeed feed;
    private final ServletOutputStream out;
    private final Closeable connection;
    private final Consumer<StreamClient> whenGone;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private boolean greeted;
    private @Nullable Current<StateMessage> toldState;
    private int toldStatuses = -1;
    private int toldComments;
    private boolean unflushed;
    private boolean blocked;
    private int blockedSince;
    private boolean finishing;

    /** The connection is closed when the client does not read. */
    StreamClient(StreamFeed feed, ServletOutputStream out, Closeable connection, Consumer<StreamClient> whenGone) {
        this.feed = feed;
        this.out = out;
        this.connection = connection;
        this.whenGone = whenGone;
        this.toldComments = feed.comments();
    }

    /** Completes when the response is to be completed, and never with an exception. */
    CompletableFuture<@Nullable Void> end() {
        return end;
    }

    /** Tells what is new, as far as that goes without waiting. */
    synchronized void tell() {
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
        } catch (IOException | IllegalStateException gone) { // the second, if Jetty has ended the response
            close();
        }
    }

    /** Lets it go when two comments have become due since it could last be written to. */
    synchronized void closeIfStuck() {
        if (blocked && feed.comments() - blockedSince > 1) {
            close();
        }
    }

    /** Ends the response as soon as what is being written has been. */
    synchronized void finish() {
        if (blocked) {
            finishing = true;
        } else {
            close();
        }
    }

    /** Ends the response; if that cannot be written, the connection. */
    synchronized void close() {
        if (blocked) {
            try {
                connection.close();
            } catch (IOException e) {
                // gone is what it was to be
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
            tell();
        }
    }

    @Override
    public void onError(Throwable vanished) {
        close();
    }

    /** If not, {@link #onWritePossible} is called once it is. */
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
        return feed.current() != toldState || feed.statuses() != toldStatuses || feed.comments() != toldComments;
    }

    private String news() {
        StringBuilder news = new StringBuilder();
        if (!greeted) {
            greeted = true;
            // not all at the same moment, when a server comes back
            int spread = ThreadLocalRandom.current().nextInt(MILLIS_TO_RECONNECT);
            news.append("retry: ").append(MILLIS_TO_RECONNECT + spread).append("\n\n");
        }
        Current<StateMessage> current = feed.current();
        if (current != toldState) {
            toldState = current;
            news.append(feed.stateEvent(current));
        }
        int statuses = feed.statuses();
        if (statuses != toldStatuses) {
            toldStatuses = statuses;
            news.append(feed.statusEvent());
        }
        int comments = feed.comments();
        if (comments != toldComments) {
            toldComments = comments;
            news.append(": still here\n\n");
        }
        return news.toString();
    }
}

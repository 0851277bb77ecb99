package io.github.lateststate.demo.server;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of a response that is written asynchronously: it was written completely, or failed. */
final class ResponseEnd implements AsyncListener {

    private final CompletableFuture<@Nullable Void> reached = new CompletableFuture<>();
    private final Consumer<ResponseEnd> whenReached;

    ResponseEnd(Consumer<ResponseEnd> whenReached) {
        this.whenReached = whenReached;
    }

    /** Never completes with an exception. */
    CompletableFuture<@Nullable Void> reached() {
        return reached;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        whenReached.accept(this);
        reached.complete(null);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // there is no timeout; and onComplete would follow
    }

    @Override
    public void onError(AsyncEvent event) {
        // onComplete follows
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nothing starts it again
    }
}

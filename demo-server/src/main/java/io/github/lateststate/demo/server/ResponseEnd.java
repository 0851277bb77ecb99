package io.github.lateststate.demo.server;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The moment at which a response that is written asynchronously has been written to its end, or never will be. */
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
        // it has none; and it would be completed after that
    }

    @Override
    public void onError(AsyncEvent event) {
        // it is completed after that
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // is not started again
    }
}

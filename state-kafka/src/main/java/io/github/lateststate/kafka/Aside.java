package io.github.lateststate.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs on another thread what may block, for example creating a client, which resolves host names. Kafka finds classes
 * by the context class loader, so that thread uses the context class loader of the thread that created this object.
 * Thread-safe.
 */
final class Aside {

    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    <T> CompletableFuture<T> supply(Supplier<T> blocking) {
        return CompletableFuture.supplyAsync(() -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return blocking.get();
            } finally {
                thread.setContextClassLoader(before);
            }
        });
    }
}

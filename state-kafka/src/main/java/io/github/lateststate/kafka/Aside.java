package io.github.lateststate.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Does on another thread what may block, such as making a client, which looks up names. Kafka finds classes by the context class loader,
 * so that thread gets the one of the thread that made this. Thread-safe.
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

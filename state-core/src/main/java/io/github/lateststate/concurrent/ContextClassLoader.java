package io.github.lateststate.concurrent;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The context class loader of the thread that creates this object. Frameworks find classes, services and configuration
 * by it. So the library sets it before it calls your code, on any thread. A thread of the library may have another one:
 * that of the application that started it, or the system class loader, which does not see into a fat jar. Since Java 19,
 * a thread that inherits no thread-locals begins with the system class loader. Thread-safe.
 */
public final class ContextClassLoader {

    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    /** Captures the context class loader of the current thread. */
    public ContextClassLoader() {}

    /**
     * What returns a result or throws.
     *
     * @param <T> the result
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Call<T, X extends Exception> {

        /**
         * Makes the call.
         *
         * @return the result, or null
         * @throws X if it fails
         */
        @Nullable
        T call() throws X;
    }

    /**
     * Makes a call on the current thread, with this context class loader.
     *
     * @param call the call
     * @param <T> the result
     * @param <X> what it throws
     * @return the result, or null
     * @throws X what the call throws
     */
    public <T, X extends Exception> @Nullable T call(Call<T, X> call) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (before == loader) {
            return call.call();
        }
        thread.setContextClassLoader(loader);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Runs a task on the current thread, with this context class loader.
     *
     * @param task the task
     */
    public void run(Runnable task) {
        this.<Void, RuntimeException>call(() -> {
            task.run();
            return null;
        });
    }

    /**
     * Gives new threads this context class loader.
     *
     * @param threads makes threads
     * @return makes the same threads, with this context class loader
     */
    public ThreadFactory givenTo(ThreadFactory threads) {
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}

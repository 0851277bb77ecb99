package io.github.lateststate.resource;

import java.util.concurrent.atomic.AtomicMarkableReference;
import org.jspecify.annotations.Nullable;

/**
 * The resource in service, if there is one. Lock-free. A new resource is in the slot before the old one is retired. So
 * a reader who is too late for the old one finds the new one.
 */
class Slot<T, R> {

    /** It is marked when the slot is closed, and is empty then. */
    private final AtomicMarkableReference<Held<T, R>> serving = new AtomicMarkableReference<>(null, false);

    /** Opens a lease of the resource in service; the caller ends it. */
    final @Nullable Held<T, R> lease() {
        for (; ; ) {
            Held<T, R> held = read();
            if (held == null || held.tryLease()) {
                return held;
            }
        }
    }

    /**
     * Puts a resource into service and retires the one before.
     *
     * @return whether it is in service; false if the slot is closed, and then it is retired
     */
    final boolean put(Held<T, R> next) {
        return replaceBy(next, false);
    }

    /** Retires the resource in service, and every one that is put in later. */
    final void close() {
        replaceBy(null, true);
    }

    final @Nullable Held<T, R> serving() {
        return serving.getReference();
    }

    private boolean replaceBy(@Nullable Held<T, R> next, boolean closing) {
        for (; ; ) {
            Held<T, R> before = read();
            if (replace(before, next, closing)) {
                retire(before);
                return true;
            }
            if (isClosed()) {
                retire(next);
                return false;
            }
        }
    }

    private void retire(@Nullable Held<T, R> held) {
        if (held != null) {
            held.retire();
        }
    }

    // Each step is one memory access: a test runs them in every order.

    @Nullable
    Held<T, R> read() {
        return serving.getReference();
    }

    boolean isClosed() {
        return serving.isMarked();
    }

    /** Fails after the slot is closed. */
    boolean replace(@Nullable Held<T, R> expected, @Nullable Held<T, R> next, boolean closing) {
        return serving.compareAndSet(expected, next, false, closing);
    }
}

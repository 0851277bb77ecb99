package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A lease that uses no memory besides itself. */
final class HeldLease<T, R> implements Lease<T, R> {

    private static final VarHandle CLOSED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(HeldLease.class, "closed", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Held<T, R> held;
    private volatile boolean closed;

    HeldLease(Held<T, R> held) {
        this.held = held;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public R get() {
        if (closed) {
            throw new LeaseClosedException("This lease on the resource of " + LoadFailure.recordOf(current())
                    + " is closed. Call acquire() for a new lease.");
        }
        return held.resource();
    }

    @Override
    public Current<T> current() {
        return held.current();
    }

    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, false, true)) {
            held.endLease();
        }
    }
}

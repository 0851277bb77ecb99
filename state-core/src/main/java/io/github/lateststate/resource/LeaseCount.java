package io.github.lateststate.resource;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a resource is in service and how many of its leases are open. One number holds both, so they change together:
 * bit 0 means in service, and each open lease adds 2. The step that reaches zero disposes of the resource. That happens
 * once, because no step leads away from zero. Lock-free.
 *
 * <p>Example, in which a reader and a newer resource race:
 *
 * <pre>
 * in service, no lease    1
 * a reader takes a lease  3   1 + 2
 * a newer one replaces it 2   3 - 1: not zero, so it is not disposed of; tryLease now fails
 * the reader closes it    0   2 - 2: this step returns true, and its caller disposes of the resource
 * </pre>
 */
class LeaseCount {

    private static final long IN_SERVICE = 1;
    private static final long LEASE = 2;

    private final AtomicLong number = new AtomicLong(IN_SERVICE);

    /** Opens a lease, unless the resource is out of service. */
    final boolean tryLease() {
        for (; ; ) {
            long before = read();
            if ((before & IN_SERVICE) == 0) {
                return false;
            }
            if (replace(before, before + LEASE)) {
                return true;
            }
        }
    }

    /**
     * Closes a lease.
     *
     * @return whether the caller must now dispose of the resource
     */
    final boolean endLease() {
        return subtract(LEASE) == 0;
    }

    /**
     * Takes the resource out of service. Call it once.
     *
     * @return whether the caller must now dispose of it
     */
    final boolean retire() {
        return subtract(IN_SERVICE) == 0;
    }

    /** How many leases are open. */
    final long open() {
        return number.get() / LEASE;
    }

    // Each step is one memory access: a test runs them in every order.

    long read() {
        return number.get();
    }

    boolean replace(long expected, long next) {
        return number.compareAndSet(expected, next);
    }

    long subtract(long amount) {
        return number.addAndGet(-amount);
    }
}

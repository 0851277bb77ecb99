package io.github.lateststate.resource;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a resource is in service and how many leases of it are open, in one number, so that both change as one. A resource
 * is to be disposed of when the number comes to zero; that happens once, as nothing leads away from zero. Lock-free.
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
     * @return whether the resource is now to be disposed of
     */
    final boolean endLease() {
        return subtract(LEASE) == 0;
    }

    /**
     * Takes the resource out of service; to be called once.
     *
     * @return whether it is now to be disposed of
     */
    final boolean retire() {
        return subtract(IN_SERVICE) == 0;
    }

    /** How many leases are open. */
    final long open() {
        return number.get() / LEASE;
    }

    // The steps, one memory access each: a test runs them in every order.

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

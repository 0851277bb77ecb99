package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports where a lease was taken that the garbage collector found open. It does not close the lease: after
 * {@code acquire().get()} the lease is unreachable while the resource is in use.
 */
final class LeakReport {

    private static final Logger logger = LoggerFactory.getLogger(LatestResource.class);
    private static final long LOGGED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Cleaner CLEANER = Cleaner.create();

    private final String stream;
    private final LongSupplier nanoTime;
    private long nextLog;
    private long leaked;

    /** Uses a clock in nanoseconds that is never set back. */
    LeakReport(String stream, LongSupplier nanoTime) {
        this.stream = stream;
        this.nanoTime = nanoTime;
        this.nextLog = nanoTime.getAsLong();
    }

    <T, R> Lease<T, R> watched(HeldLease<T, R> lease) {
        return new WatchedLease<>(this, lease);
    }

    private synchronized void leaked(Throwable takenAt) {
        leaked++;
        long now = nanoTime.getAsLong();
        if (now - nextLog >= 0) {
            nextLog = now + LOGGED_EVERY_NANOS;
            logger.error(
                    "A lease of '{}' was never closed, so its resource is never disposed of. Close each lease,"
                            + " for example with try-with-resources ({} leaked so far)",
                    stream,
                    leaked,
                    takenAt);
        }
    }

    /** The reader's end of a lease. It becomes unreachable when the reader drops it. */
    private static final class WatchedLease<T, R> implements Lease<T, R> {

        private final HeldLease<T, R> lease;
        private final Cleaner.Cleanable watch;

        WatchedLease(LeakReport report, HeldLease<T, R> lease) {
            this.lease = lease;
            this.watch = CLEANER.register(this, ifLeaked(report, lease, new Throwable("The lease was taken here")));
        }

        /** Created outside the constructor, so that it cannot refer to the object whose end it waits for. */
        private static Runnable ifLeaked(LeakReport report, HeldLease<?, ?> lease, Throwable takenAt) {
            return () -> {
                if (!lease.isClosed()) {
                    report.leaked(takenAt);
                }
            };
        }

        @Override
        public R get() {
            return lease.get();
        }

        @Override
        public Current<T> current() {
            return lease.current();
        }

        @Override
        public void close() {
            try {
                lease.close();
                watch.clean();
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }
}

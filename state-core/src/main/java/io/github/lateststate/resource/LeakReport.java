package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where leases were taken that the garbage collector found open. It does not close them: of {@code acquire().get()} the
 * lease is gone while the resource is in use.
 */
final class LeakReport {

    private static final Logger log = LoggerFactory.getLogger(LatestResource.class);
    private static final Duration LOGGED_EVERY = Duration.ofSeconds(10);
    private static final Cleaner CLEANER = Cleaner.create();

    private final String stream;
    private final InstantSource clock;
    private Instant logged = Instant.MIN;
    private long leaked;

    LeakReport(String stream, InstantSource clock) {
        this.stream = stream;
        this.clock = clock;
    }

    <R> Lease<R> watched(HeldLease<R> lease) {
        return new WatchedLease<>(this, lease);
    }

    private synchronized void leaked(Throwable takenAt) {
        leaked++;
        Instant now = clock.instant();
        if (logged.isBefore(now.minus(LOGGED_EVERY))) {
            logged = now;
            log.error(
                    "A lease of '{}' was never closed, so its resource is never disposed of ({} leaked so far)",
                    stream,
                    leaked,
                    takenAt);
        }
    }

    /** The reader's end of a lease: what becomes unreachable when the reader drops it. */
    private static final class WatchedLease<R> implements Lease<R> {

        private final HeldLease<R> lease;
        private final Cleaner.Cleanable watch;

        WatchedLease(LeakReport report, HeldLease<R> lease) {
            this.lease = lease;
            this.watch = CLEANER.register(this, ifLeaked(report, lease, new Throwable("The lease was taken here")));
        }

        /** Made here, outside the constructor, so that it cannot refer to the object it waits for the end of. */
        private static Runnable ifLeaked(LeakReport report, HeldLease<?> lease, Throwable takenAt) {
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
        public Current<?> current() {
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

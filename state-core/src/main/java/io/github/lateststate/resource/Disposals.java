package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what is loaded, and disposes of it on a thread that exists only while there is something to dispose of. */
final class Disposals<R> {

    private static final Logger log = LoggerFactory.getLogger(LatestResource.class);

    private final String stream;
    private final Disposer<? super R> disposer;
    private final Set<Held<R>> held = ConcurrentHashMap.newKeySet();
    private final Executor executor;
    private volatile @Nullable Thread thread;

    Disposals(String stream, Disposer<? super R> disposer) {
        this.stream = stream;
        this.disposer = disposer;
        this.executor = new ThreadPoolExecutor(0, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);
    }

    /** Keeps a resource that is about to be put into service, until it is disposed of. */
    Held<R> hold(R resource, Current<?> current, Instant since) {
        Held<R> next = new Held<>(resource, current, since, new LeaseCount(), this::dispose);
        held.add(next);
        return next;
    }

    /** Disposes of a resource that nobody was given. */
    void dispose(R resource) {
        executor.execute(() -> disposeNow(resource));
    }

    long leasesOpen() {
        return held.stream().mapToLong(Held::leasesOpen).sum();
    }

    /** Done when all is disposed of that was to be, up to now. */
    CompletableFuture<Void> done() {
        return CompletableFuture.runAsync(() -> {}, executor);
    }

    boolean isOnItsThread() {
        return Thread.currentThread().equals(thread);
    }

    private void dispose(Held<R> last) {
        held.remove(last);
        dispose(last.resource());
    }

    private void disposeNow(R resource) {
        try {
            disposer.dispose(resource);
        } catch (Throwable e) { // also an error of native code: the next one is disposed of all the same
            log.error("A resource of '{}' could not be disposed of", stream, e);
        }
    }

    /** Without the thread-locals of whom it is started by, which is the reader that closed the last lease. */
    private Thread newThread(Runnable task) {
        Thread made = new Thread(null, task, "latest-state-disposer-" + stream, 0, false);
        made.setDaemon(true);
        thread = made;
        return made;
    }
}

package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.PlainText;
import io.github.lateststate.concurrent.CallThreads;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps loaded resources, and disposes of them on a thread that exists only while there is something to dispose of. */
final class Disposals<T, R> {

    private static final Logger logger = LoggerFactory.getLogger(LatestResource.class);
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);

    private final String stream;
    private final Disposer<? super R> disposer;
    private final Set<Held<T, R>> held = ConcurrentHashMap.newKeySet();
    private final ThreadFactory threads;
    private final Executor pool;
    private final AtomicBoolean threadless = new AtomicBoolean();
    private volatile @Nullable Thread thread;

    Disposals(String stream, Disposer<? super R> disposer) {
        this(stream, disposer, CallThreads.daemons("latest-state-disposer-" + stream));
    }

    /** Uses threads that may fail to start, for example in a process that may have no more. */
    Disposals(String stream, Disposer<? super R> disposer, ThreadFactory threads) {
        this.stream = stream;
        this.disposer = disposer;
        this.threads = threads;
        this.pool = new ThreadPoolExecutor(0, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);
    }

    /** Keeps a resource that is about to be put into service, until it is disposed of. */
    Held<T, R> hold(R resource, Current<T> current, Instant since) {
        Held<T, R> next = new Held<>(resource, current, since, new LeaseCount(), this::dispose);
        held.add(next);
        return next;
    }

    /** Disposes of a resource that no reader received. */
    void dispose(R resource) {
        execute(() -> disposeNow(resource));
    }

    long leasesOpen() {
        return held.stream().mapToLong(Held::leasesOpen).sum();
    }

    /** Completes when everything that is due for disposal now has been disposed of. */
    CompletableFuture<Void> done() {
        return CompletableFuture.runAsync(() -> {}, this::execute);
    }

    boolean isOnItsThread() {
        return Thread.currentThread().equals(thread);
    }

    private void dispose(Held<T, R> last) {
        held.remove(last);
        dispose(last.resource());
    }

    /** Keeps the task if no thread can be started now: the current thread, of a reader or of the loader, must go on. */
    private void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (OutOfMemoryError e) { // the pool queued the task before
            if (threadless.compareAndSet(false, true)) {
                logger.warn(
                        "Cannot start a thread to dispose of a resource of '{}', retrying: {}",
                        stream,
                        PlainText.of(e));
                tryAgainLater();
            }
        }
    }

    private void tryAgainLater() {
        try {
            LATER.execute(this::tryAgain);
        } catch (OutOfMemoryError e) { // no thread to wait on either: the next disposal tries again
            threadless.set(false);
        }
    }

    private void tryAgain() {
        try {
            pool.execute(() -> {});
            threadless.set(false);
        } catch (OutOfMemoryError e) {
            tryAgainLater();
        }
    }

    private void disposeNow(R resource) {
        try {
            disposer.dispose(resource);
        } catch (Throwable e) { // also an error of native code: the next one is still disposed of
            logger.error(
                    "Cannot dispose of a resource of '{}'. Fix its disposer; what the resource holds may leak.",
                    stream,
                    PlainText.trace(e));
        }
    }

    /** Its threads inherit nothing from the reader that closed the last lease and so started them. */
    private Thread newThread(Runnable task) {
        Thread made = threads.newThread(task);
        thread = made;
        return made;
    }
}

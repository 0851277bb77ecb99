package io.github.lateststate;

import io.github.lateststate.concurrent.CallThreads;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in their order on a bounded number of threads, each of which ends when it has been idle for a while. A task for which no
 * thread can be started keeps its place in the queue.
 */
final class Workers implements Executor {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Thousands of slow listeners must not take the threads of the whole process. */
    private static final int MOST_THREADS = 64;

    /** A listener that blocks gets a replacement for its thread, up to here. */
    private static final int MOST_THREADS_WITH_REPLACEMENTS = 256;

    private final String stream;
    private final ThreadFactory factory;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int most = MOST_THREADS;
    private int threads;

    /** Those that run a task. */
    private int busy;

    private boolean warned;
    private boolean closed;

    /** What calls listeners unless an executor was given: virtual threads need no pool. */
    static Executor orVirtualThreads(String stream) {
        String name = "latest-state-listener-" + stream;
        return CallThreads.virtual(name)
                .<Executor>map(threads -> task -> threads.newThread(task).start())
                .orElseGet(() -> new Workers(stream, CallThreads.daemons(name)));
    }

    Workers(String stream, ThreadFactory factory) {
        this.stream = stream;
        this.factory = factory;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
        startThreads();
        notify();
    }

    /** Replaces the threads that are blocked, and tries again to start those that could not be started. */
    synchronized void replace(long blocked) {
        most = (int) Math.min(MOST_THREADS + blocked, MOST_THREADS_WITH_REPLACEMENTS);
        startThreads();
    }

    /** No thread waits for a task any more: each ends when there is none. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void startThreads() {
        try {
            while (threads < most && threads - busy < tasks.size()) {
                factory.newThread(this::run).start();
                threads++;
                warned = false;
            }
        } catch (OutOfMemoryError e) { // "unable to create native thread": the thread that brought the state must go on
            if (!warned) {
                warned = true;
                logger.warn(
                        "No thread can be started for a listener of '{}', trying again: {}", stream, PlainText.of(e));
            }
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            boolean done = false;
            try {
                task.run();
                done = true;
            } finally {
                ended(done);
            }
        }
    }

    private synchronized void ended(boolean done) {
        busy--;
        if (!done) { // the thread dies of what the task has thrown
            threads--;
            startThreads();
        }
    }

    /** The next task; null, and the thread no longer counts, if there was none for a while or there are too many threads. */
    private synchronized @Nullable Runnable next() {
        boolean unused = Thread.interrupted(); // a listener may leave the flag; it means nothing to the next one
        long end = System.nanoTime() + IDLE_NANOS;
        try {
            for (long left = IDLE_NANOS; tasks.isEmpty() && !closed && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            // nobody interrupts an idle thread on purpose; it looks for a task once more
        }
        Runnable task = threads > most ? null : tasks.poll();
        if (task == null) {
            threads--;
        } else {
            busy++;
        }
        return task;
    }
}

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
 * Runs tasks in order on a bounded number of threads, each of which ends after some idle time. If no thread can be
 * started for a task, it keeps its place in the queue.
 */
final class Workers implements Executor {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Thousands of slow listeners must not use up the threads of the process. */
    private static final int MOST_THREADS = 64;

    /** A listener that blocks gets a replacement for its thread, up to this number. */
    private static final int MOST_THREADS_WITH_REPLACEMENTS = 256;

    private final String stream;
    private final ThreadFactory factory;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int most = MOST_THREADS;
    private int threads;

    /** The threads that run a task. */
    private int busy;

    private boolean warned;
    private boolean closed;

    /** Calls listeners unless the caller gave an executor. Virtual threads need no pool. */
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

    /** Replaces blocked threads, and tries again to start threads that could not be started. */
    synchronized void replace(long blocked) {
        most = (int) Math.min(MOST_THREADS + blocked, MOST_THREADS_WITH_REPLACEMENTS);
        startThreads();
    }

    /** Lets each thread end when there is no task left. */
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
                logger.warn("Cannot start a thread for a listener of '{}', retrying: {}", stream, PlainText.of(e));
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
        if (!done) { // the thread dies of what the task threw
            threads--;
            startThreads();
        }
    }

    /**
     * The next task. Returns null if there was none for a while or there are too many threads; the thread then no
     * longer counts.
     */
    private synchronized @Nullable Runnable next() {
        boolean unused = Thread.interrupted(); // a listener may leave the flag set; it means nothing to the next one
        long end = System.nanoTime() + IDLE_NANOS;
        try {
            for (long left = IDLE_NANOS; tasks.isEmpty() && !closed && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts an idle thread on purpose: look for a task once more.
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

package io.github.lateststate;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in their order on a bounded number of threads, each of which ends when it has been idle for a while. A task for which no
 * thread can be started keeps its place in the queue.
 */
final class Workers {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final String stream;
    private final ThreadFactory factory;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int most;
    private int threads;

    /** Those that run a task. */
    private int busy;

    private boolean warned;
    private boolean closed;

    Workers(String stream, int most, ThreadFactory factory) {
        this.stream = stream;
        this.most = most;
        this.factory = factory;
    }

    /** Runs a task soon; after {@link #close} it does nothing. */
    synchronized void execute(Runnable task) {
        if (!closed) {
            tasks.add(task);
            startThreads();
            notify();
        }
    }

    /** Says how many threads there may be, and tries again to start those that could not be started. */
    synchronized void allow(int threadsAtMost) {
        most = threadsAtMost;
        startThreads();
    }

    /** Drops the tasks that have not begun, and ends each thread after the task at hand. */
    synchronized void close() {
        closed = true;
        tasks.clear();
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
                log.warn("No thread can be started for a listener of '{}', trying again: {}", stream, PlainText.of(e));
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

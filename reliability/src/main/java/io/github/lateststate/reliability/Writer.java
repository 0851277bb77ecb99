package io.github.lateststate.reliability;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Writes updates all the time, on a thread of its own, and enters them in a book. */
abstract class Writer implements AutoCloseable {

    private static final int LONGEST_TURN_SECONDS = 120;

    private final Thread thread;
    private final Lock turn = new ReentrantLock(true);
    private volatile boolean closed;

    Writer(String name) {
        thread = new Thread(this::writeUntilClosed, "writer-" + name);
        thread.setDaemon(true);
    }

    final void start() {
        thread.start();
    }

    /** Writes one update or one transaction, at the pace of the writer. */
    abstract void write() throws InterruptedException;

    /** Waits until the fate of all updates is known, as far as it ever will be. */
    abstract void settle();

    abstract void release();

    /** Does something while nobody writes. */
    final void undisturbed(Fault.Step step) throws Exception {
        if (!turn.tryLock(LONGEST_TURN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The writer is stuck");
        }
        try {
            settle();
            step.run();
        } finally {
            turn.unlock();
        }
    }

    /** Stops writing, and then settles what was written. */
    @Override
    public final void close() {
        closed = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LONGEST_TURN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    private void writeUntilClosed() {
        try {
            while (!closed) {
                turn.lock();
                try {
                    write();
                } finally {
                    turn.unlock();
                }
            }
            settle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

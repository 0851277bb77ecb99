package io.github.lateststate.kafka;

import io.github.lateststate.engine.Waits;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A sink whose calls can be awaited. A subscription on a shared thread needs it: when it is closed, it cannot wait for
 * the end of the thread. Thread-safe, also if the call itself closes the subscription.
 */
final class AwaitedSink implements StateSink {

    private final StateSink sink;
    private final ReentrantLock calling = new ReentrantLock();

    AwaitedSink(StateSink sink) {
        this.sink = sink;
    }

    /** Waits for the end of a call that has begun. */
    void await(Duration most) {
        Waits.uninterrupted(most, left -> {
            if (calling.tryLock(left, TimeUnit.NANOSECONDS)) {
                calling.unlock();
            }
        });
    }

    @Override
    public boolean offer(StateRecord record) {
        return ask(() -> sink.offer(record));
    }

    @Override
    public boolean wants(StateRecord record) {
        return ask(() -> sink.wants(record));
    }

    @Override
    public void rejected(StateRecord record, Throwable cause) {
        call(() -> sink.rejected(record, cause));
    }

    @Override
    public void replaced() {
        call(sink::replaced);
    }

    @Override
    public void retire(String partition) {
        call(() -> sink.retire(partition));
    }

    @Override
    public void caughtUp(long recordsRead) {
        call(() -> sink.caughtUp(recordsRead));
    }

    @Override
    public void contact(Duration age, boolean newerPending) {
        call(() -> sink.contact(age, newerPending));
    }

    @Override
    public void interrupted(Throwable cause) {
        call(() -> sink.interrupted(cause));
    }

    @Override
    public void failed(Throwable cause) {
        call(() -> sink.failed(cause));
    }

    private boolean ask(BooleanSupplier call) {
        calling.lock();
        try {
            return call.getAsBoolean();
        } finally {
            calling.unlock();
        }
    }

    private void call(Runnable call) {
        calling.lock();
        try {
            call.run();
        } finally {
            calling.unlock();
        }
    }
}

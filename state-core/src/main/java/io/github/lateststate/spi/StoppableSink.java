package io.github.lateststate.spi;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Stands between the threads of a subscription and its sink. After the subscription is closed, each call throws a
 * {@link StoppedException} instead of reaching the sink. The thread lets that exception end it. A call that got through
 * before goes on, so {@code close} must still wait for the thread.
 *
 * <p>After {@code wants} and {@code offer} the interrupt flag is cleared: a filter or decoder may have left it set, and
 * it would end the thread's next wait. If an undecided record makes a look-back begin again, records that were rejected
 * are not offered again. This class is as safe for use by several threads as the sink.
 */
public final class StoppableSink implements StateSink {

    private final StateSink sink;
    private final BooleanSupplier stopped;
    private final TurnedDown turnedDown = new TurnedDown();

    /**
     * Wraps a sink.
     *
     * @param sink where calls go
     * @param stopped whether the subscription was closed; asked before each call
     */
    public StoppableSink(StateSink sink, BooleanSupplier stopped) {
        this.sink = sink;
        this.stopped = stopped;
    }

    @Override
    public boolean wants(StateRecord record) {
        check();
        try {
            return sink.wants(record);
        } finally {
            Thread.interrupted();
        }
    }

    @Override
    public boolean offer(StateRecord record) {
        check();
        if (turnedDown.contains(record)) {
            return false;
        }
        try {
            boolean accepted = sink.offer(record);
            if (accepted) {
                turnedDown.accepted();
            } else {
                turnedDown.rejected(record);
            }
            return accepted;
        } catch (UndecidedException e) {
            turnedDown.undecided();
            throw e;
        } finally {
            Thread.interrupted();
        }
    }

    @Override
    public void rejected(StateRecord record, Throwable cause) {
        check();
        if (!turnedDown.contains(record)) {
            turnedDown.rejected(record);
            sink.rejected(record, cause);
        }
    }

    @Override
    public void replaced() {
        check();
        sink.replaced();
    }

    @Override
    public void retire(String partition) {
        check();
        sink.retire(partition);
    }

    @Override
    public void caughtUp(long recordsRead) {
        check();
        sink.caughtUp(recordsRead);
    }

    @Override
    public void contact(Duration age, boolean newerPending) {
        check();
        sink.contact(age, newerPending);
    }

    @Override
    public void interrupted(Throwable cause) {
        check();
        sink.interrupted(cause);
    }

    @Override
    public void failed(Throwable cause) {
        check();
        sink.failed(cause);
    }

    private void check() {
        if (stopped.getAsBoolean()) {
            throw new StoppedException();
        }
    }
}

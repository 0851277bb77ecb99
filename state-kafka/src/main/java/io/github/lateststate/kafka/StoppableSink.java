package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.time.Instant;

/** Lets no call through once the subscription is closed, but throws StoppedException, which ends its thread. */
record StoppableSink(StateSink sink, StopSignal stop) implements StateSink {

    @Override
    public boolean offer(StateRecord record) {
        stop.check();
        try {
            return sink.offer(record);
        } finally {
            Thread.interrupted(); // a decoder may have left the flag set, and the next poll would end by it
        }
    }

    @Override
    public void retire(String partition) {
        stop.check();
        sink.retire(partition);
    }

    @Override
    public void caughtUp(long recordsRead) {
        stop.check();
        sink.caughtUp(recordsRead);
    }

    @Override
    public void contact(Instant at, boolean newerPending) {
        stop.check();
        sink.contact(at, newerPending);
    }

    @Override
    public void interrupted(Throwable cause) {
        stop.check();
        sink.interrupted(cause);
    }

    @Override
    public void failed(Throwable cause) {
        stop.check();
        sink.failed(cause);
    }
}

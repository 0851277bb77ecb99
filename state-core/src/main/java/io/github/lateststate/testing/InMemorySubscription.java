package io.github.lateststate.testing;

import io.github.lateststate.engine.NewestFirst;
import io.github.lateststate.spi.OutageBackoff;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppableSink;
import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.UndecidedException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One state that follows an {@link InMemorySubscriber}. Guarded by the subscriber. */
final class InMemorySubscription implements Subscription {

    private static final Duration CONTACT_EVERY = Duration.ofSeconds(5);

    private final InMemorySubscriber broker;
    private final String group;
    private final StateSink sink;
    private final Map<String, Integer> read = new TreeMap<>();
    private long recordsRead;
    private final OutageBackoff backoff = new OutageBackoff();
    private boolean caughtUp;
    private boolean undecided;
    private boolean closed;

    InMemorySubscription(InMemorySubscriber broker, String group, StateSink sink) {
        this.broker = broker;
        this.group = group;
        this.sink = new StoppableSink(sink, () -> closed); // so that a record that was rejected is not offered again
    }

    /** Offers what is new in each partition, newest first, until one record is accepted. */
    void catchUp() {
        try {
            broker.log().forEach((partition, records) -> {
                int from = read.getOrDefault(partition, 0);
                NewestFirst.offer(records.subList(from, records.size()), record -> closed || offer(record));
                read.put(partition, records.size());
            });
        } catch (UndecidedException e) {
            sink.interrupted(e);
            if (!undecided) {
                undecided = true;
                later(backoff.next(false), InMemorySubscription::decideAgain);
            }
            return;
        } catch (StoppedException e) {
            close();
            return;
        }
        undecided = false;
        backoff.reset();
        if (!caughtUp && !closed) {
            caughtUp = true;
            sink.caughtUp(recordsRead);
        }
        if (!closed) { // a call to the sink may have closed it
            sink.contact(Duration.ZERO, false);
        }
    }

    void interrupted(Throwable cause) {
        sink.interrupted(cause);
    }

    void failed(Throwable cause) {
        sink.failed(cause);
        closed = true; // afterwards, because a closed one makes no calls
    }

    private void decideAgain() {
        if (undecided) {
            undecided = false;
            if (!broker.isAway()) {
                catchUp();
            }
        }
    }

    /** A real broker is asked every few seconds. Without this the state would not stay live. */
    void stayInContact() {
        if (caughtUp && !broker.isAway() && !undecided) {
            sink.contact(Duration.ZERO, false);
        }
        later(CONTACT_EVERY, InMemorySubscription::stayInContact);
    }

    /** Takes a step later, unless the subscription is closed or forgotten by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the subscription
    private void later(Duration pause, Consumer<InMemorySubscription> step) {
        WeakReference<InMemorySubscription> forgettable = new WeakReference<>(this);
        CompletableFuture.runAsync(
                () -> {
                    InMemorySubscription there = forgettable.get();
                    if (there != null) {
                        there.unlessClosed(step);
                    }
                },
                CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    void unlessClosed(Consumer<InMemorySubscription> step) {
        synchronized (broker) {
            if (!closed) {
                step.accept(this);
            }
        }
    }

    private boolean offer(StateRecord record) {
        recordsRead++;
        Throwable damage = broker.damageOf(record);
        if (damage == null) {
            return sink.wants(record) && sink.offer(record);
        }
        sink.rejected(record, damage);
        return false;
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public String progress() {
        return broker.isAway() ? "waiting for the end of the outage" : "following";
    }

    @Override
    public void close() {
        synchronized (broker) {
            closed = true;
            broker.forget(this);
        }
    }
}

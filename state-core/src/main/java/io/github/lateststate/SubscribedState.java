package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A state that a subscriber's subscription keeps current. */
final class SubscribedState<T> implements LatestState<T> {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);

    private final String stream;
    private final StatusBoard board;
    private final StateKeeper<T> keeper;
    private final Listeners<T> listeners;
    private final @Nullable SnapshotWriter snapshotWriter;
    private final Subscription subscription;

    private SubscribedState(
            String stream,
            StatusBoard board,
            StateKeeper<T> keeper,
            Listeners<T> listeners,
            @Nullable SnapshotWriter snapshotWriter,
            Subscription subscription) {
        this.stream = stream;
        this.board = board;
        this.keeper = keeper;
        this.listeners = listeners;
        this.snapshotWriter = snapshotWriter;
        this.subscription = subscription;
    }

    static <T> SubscribedState<T> open(
            LatestStateSubscriber subscriber,
            SubscriptionSettings settings,
            Decoder<T> decoder,
            @Nullable T initial,
            @Nullable SnapshotFile snapshot,
            InstantSource clock) {
        StatusBoard board = new StatusBoard(clock);
        StateKeeper<T> keeper = new StateKeeper<>(settings.stream(), decoder, initial, board, clock);
        Listeners<T> listeners = new Listeners<>(settings.stream(), keeper::current, board::listenerFailed);
        keeper.onChange(listeners::stateChanged);
        SnapshotWriter writer = null;
        if (snapshot != null) {
            snapshot.read().ifPresent(keeper::restore);
            writer = new SnapshotWriter(snapshot, settings.stream());
            keeper.saveTo(writer::write);
        }
        Subscription subscription = subscriber.subscribe(settings, keeper);
        log.info("Following {} '{}' as {}", subscriber.name(), settings.stream(), subscription.group());
        return new SubscribedState<>(settings.stream(), board, keeper, listeners, writer, subscription);
    }

    @Override
    public T get() {
        Current<T> current = keeper.current();
        T value = current.plainValue();
        if (value == null) {
            throw new NoStateException(whyThereIsNone(current.origin()));
        }
        return value;
    }

    @Override
    public Optional<T> value() {
        return keeper.current().value();
    }

    @Override
    public Current<T> current() {
        return keeper.current();
    }

    @Override
    public Status status() {
        return board.status(subscription.progress());
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    public String group() {
        return subscription.group();
    }

    @Override
    public void awaitReady(Duration timeout) {
        boolean ended;
        try { // await alone would throw in an interrupted thread, though there is nothing left to wait for
            ended = keeper.ready().getCount() == 0
                    || keeper.ready().await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady("Interrupted while waiting for the state of '" + stream + "'");
        }
        if (!ended) {
            throw notReady("The state of '" + stream + "' is not ready after " + timeout);
        }
        if (!status().ready()) {
            throw notReady("The state of '" + stream + "' will not become ready");
        }
    }

    @Override
    public Registration listen(StateListener<? super T> listener) {
        return listeners.add(listener);
    }

    @Override
    public void close() {
        board.closed();
        keeper.close();
        listeners.close();
        subscription.close();
        if (snapshotWriter != null) {
            snapshotWriter.close();
        }
    }

    private NotReadyException notReady(String what) {
        Status status = status();
        Throwable error = status.lastError().orElse(null);
        String message = what + ": " + status.phase() + " since " + status.since() + ", " + status.progress()
                + (error == null ? "." : ". Last error: " + error + ".");
        return new NotReadyException(message, error);
    }

    private String whyThereIsNone(Optional<Origin> tombstone) {
        if (tombstone.isPresent()) {
            return "The latest record of '" + stream + "' is a tombstone, at " + tombstone.get() + ".";
        }
        Status status = status();
        String state = "The phase is " + status.phase() + " since " + status.since() + ", " + status.progress() + "."
                + status.lastError().map(error -> " Last error: " + error + ".").orElse("");
        if (!status.ready()) {
            return "The state of '" + stream + "' is not known yet: wait with awaitReady, or give an initial value. "
                    + state;
        }
        return "The stream '" + stream + "' holds no record that could be decoded"
                + status.lastRejection()
                        .map(rejection -> "; the last one that could not: " + rejection)
                        .orElse("")
                + ". " + state;
    }
}

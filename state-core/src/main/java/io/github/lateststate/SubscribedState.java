package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A state that a subscriber's subscription keeps current. */
final class SubscribedState<T> implements LatestState<T> {

    private final String stream;
    private final StatusBoard board;
    private final StateKeeper<T> keeper;
    private final Listeners<T> listeners;
    private final @Nullable SnapshotWriter snapshotWriter;
    private final Subscription subscription;
    private final CompletableFuture<Subscription> opened = new CompletableFuture<>();
    private final Future<?> watch;

    /** Here and not in the keeper, which alone writes it: readers have one reference fewer to follow. */
    private volatile Current<T> current;

    /** Begins to follow a stream. */
    SubscribedState(
            LatestStateSubscriber subscriber,
            SubscriptionSettings settings,
            Decoder<T> decoder,
            @Nullable T initial,
            @Nullable SnapshotFile snapshot,
            TimeSource clock) {
        stream = settings.stream();
        board = new StatusBoard(stream, clock);
        current = Current.beforeAnyRecord(initial);
        keeper = new StateKeeper<>(stream, decoder, initial, board, clock, next -> current = next);
        listeners = new Listeners<>(
                stream, this::current, board::listenerFailed, clock, daemons("latest-state-listener-" + stream));
        keeper.onChange(listeners::stateChanged);
        if (snapshot == null) {
            snapshotWriter = null;
        } else {
            snapshot.read().ifPresent(keeper::restore);
            snapshotWriter = new SnapshotWriter(snapshot, daemons("latest-state-snapshot-" + stream));
            keeper.saveTo(snapshotWriter::write);
        }
        keeper.onBroken(() -> {
            var unused = opened.thenAccept(Subscription::close);
        });
        subscription = subscriber.subscribe(settings, keeper);
        opened.complete(subscription);
        watch = watched(subscriber.name());
    }

    private Future<?> watched(String subscriber) {
        try {
            board.beginLog(subscriber, subscription.group());
            return Watch.each(this, SubscribedState::look);
        } catch (Throwable e) { // no thread can be started: nobody will have this state to close it
            end();
            throw e;
        }
    }

    @Override
    public T get() {
        Current<T> read = current;
        T value = read.plainValue();
        if (value == null) {
            throw new NoStateException(whyThereIsNone(read.origin()));
        }
        return value;
    }

    @Override
    public Optional<T> value() {
        return current.value();
    }

    @Override
    public Current<T> current() {
        return current;
    }

    @Override
    public Status status() {
        return board.status(subscription.progress(), listeners.slow());
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
        watch.cancel(false);
        end();
    }

    private void end() {
        board.closed();
        keeper.close();
        listeners.close();
        subscription.close();
        if (snapshotWriter != null) {
            snapshotWriter.close();
        }
    }

    private void look() {
        board.judge();
        board.writeLog();
        listeners.look();
        if (snapshotWriter != null) {
            snapshotWriter.tryAgain();
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private NotReadyException notReady(String what) {
        Status status = status();
        Throwable error = status.lastError().orElse(null);
        String message = what + ": " + status.phase() + " since " + status.since() + ", " + status.progress()
                + (error == null ? "." : ". Last error: " + PlainText.of(error) + ".");
        return new NotReadyException(message, error);
    }

    private String whyThereIsNone(Optional<Origin> tombstone) {
        if (tombstone.isPresent()) {
            return "The latest record of '" + stream + "' is a tombstone, at " + tombstone.get() + ".";
        }
        Status status = status();
        String state = "The phase is " + status.phase() + " since " + status.since() + ", " + status.progress() + "."
                + status.lastError()
                        .map(error -> " Last error: " + PlainText.of(error) + ".")
                        .orElse("");
        if (status.lookBack().isEmpty() && (status.phase() == Phase.FAILED || status.phase() == Phase.CLOSED)) {
            return "The state of '" + stream + "' was not found. " + state;
        }
        if (!status.ready() && status.phase() != Phase.FAILED) {
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

package io.github.lateststate;

import io.github.lateststate.NotReadyException.Reason;
import io.github.lateststate.concurrent.CallThreads;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A state that a subscription keeps current. */
final class SubscribedState<T> implements LatestState<T> {

    /**
     * What to open.
     *
     * @param executor where listeners are called; null for threads of the library
     */
    record Plan<T>(
            Subscribers.Choice followed,
            RecordDecoder<T> decoder,
            @Nullable T initial,
            @Nullable SnapshotFile snapshot,
            @Nullable Executor executor,
            TimeSource clock) {}

    private final String stream;
    private final RecordDecoder<T> decoder;
    private final Absence absence;
    private final StatusTracker tracker;
    private final StateKeeper<T> keeper;
    private final Listeners<T> listeners;
    private final Readiness<T> readiness;
    private final @Nullable SnapshotWriter snapshotWriter;
    private final Subscription subscription;
    private final CompletableFuture<Subscription> opened = new CompletableFuture<>();
    private final Executor watchCalls;
    private final Future<?> watch;

    /** It is here and not in the keeper, its only writer: so readers follow one reference fewer. */
    private volatile Current<T> current;

    /** Begins to follow a stream. */
    SubscribedState(Plan<T> plan) {
        LatestStateSubscriber subscriber = plan.followed().subscriber();
        SubscriptionSettings settings = plan.followed().settings();
        SnapshotFile snapshot = plan.snapshot();
        stream = settings.stream();
        decoder = plan.decoder();
        absence = new Absence(stream);
        tracker = new StatusTracker(stream, plan.clock());
        current = Current.beforeAnyRecord(plan.initial());
        Executor given = plan.executor();
        Executor calls = given == null ? Workers.orVirtualThreads(stream) : given;
        watchCalls = given == null ? Runnable::run : new WatchCalls();
        listeners = new Listeners<>(stream, this::current, tracker::listenerFailed, plan.clock(), calls);
        readiness = new Readiness<>(calls, tracker::whyNotReady);
        snapshotWriter = snapshot == null
                ? null
                : new SnapshotWriter(snapshot, CallThreads.daemons("latest-state-snapshot-" + stream));
        keeper = new StateKeeper<>(
                stream, decoder, plan.initial(), tracker, new RejectionLog(stream, plan.clock()), new Kept());
        if (snapshot != null) {
            snapshot.read().ifPresent(keeper::restore);
        }
        subscription = subscriber.subscribe(settings, keeper);
        opened.complete(subscription);
        watch = watched(subscriber.name());
        readiness.completeStage(
                this, this::notReady, false); // it may have been decided before there was a subscription to ask
    }

    /** What the keeper has decided. */
    private final class Kept implements StateKeeper.Owner<T> {

        @Override
        public Current<T> current() {
            return current;
        }

        @Override
        public void serve(Current<T> next) {
            current = next;
        }

        @Override
        public void changed() {
            listeners.stateChanged();
        }

        @Override
        public boolean savesRecords() {
            return snapshotWriter != null;
        }

        @Override
        public void save(StateRecord record) {
            if (snapshotWriter != null) {
                snapshotWriter.write(record);
            }
        }

        /**
         * A thread of the subscriber may call this before there is a subscription. The constructor then completes the
         * stage.
         */
        @Override
        public void decided() {
            readiness.decide();
            if (opened.isDone()) {
                readiness.completeStage(SubscribedState.this, SubscribedState.this::notReady, false);
            }
        }

        @Override
        public void broken() {
            var unused = opened.thenAccept(Subscription::close);
        }
    }

    private Future<?> watched(String subscriber) {
        try {
            tracker.beginLog(subscriber, subscription.group());
            return Watch.each(this, SubscribedState::look);
        } catch (Throwable e) { // no thread can be started: no caller will have this state to close it
            end();
            throw e;
        }
    }

    @Override
    public T get() {
        Current<T> read = current;
        T value = read.plainValue();
        if (value == null) {
            throw absence.noState(read.origin(), status());
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
        return tracker.status(subscription.progress(), listeners.slow());
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
        Reason reason = readiness.await(timeout);
        if (reason != null) {
            throw absence.notReadyAfter(timeout, reason, status());
        }
    }

    @Override
    public CompletionStage<LatestState<T>> ready() {
        CompletionStage<LatestState<T>> stage = readiness.stage();
        readiness.completeStage(this, this::notReady, listeners.areClosed());
        return stage;
    }

    @Override
    public Registration listen(StateListener<? super T> listener) {
        return listeners.add(listener);
    }

    @Override
    public Flow.Publisher<Current<T>> publisher() {
        return listeners::add;
    }

    @Override
    public Registration listenStatus(StatusListener listener) {
        Registration delivery = listeners.add(
                listener,
                facts -> tracker.completed(facts, subscription.progress(), listeners.slow()),
                tracker::listen);
        return () -> {
            delivery.close();
            tracker.forget(delivery);
        };
    }

    @Override
    public void close() {
        watch.cancel(false);
        end();
    }

    private void end() {
        tracker.closed();
        keeper.close();
        listeners.close();
        tracker.notifyListeners();
        listeners.callHereIfRefused();
        readiness.completeStage(this, this::notReady, true);
        subscription.close();
        if (snapshotWriter != null) {
            snapshotWriter.close();
        }
        decoder.close();
    }

    private void look() {
        tracker.updatePhase();
        tracker.writeLog();
        listeners.reportSlow();
        if (snapshotWriter != null) {
            snapshotWriter.tryAgain();
        }
        watchCalls.execute(this::makeDueCalls);
    }

    private void makeDueCalls() {
        tracker.notifyListeners();
        listeners.tryAgain();
        readiness.completeStage(this, this::notReady, false);
    }

    private NotReadyException notReady(Reason reason) {
        return absence.notReady(reason, status());
    }
}

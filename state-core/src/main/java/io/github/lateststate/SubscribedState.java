package io.github.lateststate;

import io.github.lateststate.NotReadyException.Reason;
import io.github.lateststate.concurrent.CallThreads;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A state that a subscription keeps current. */
final class SubscribedState<T> implements LatestState<T> {

    /**
     * What to open.
     *
     * @param only which records count
     * @param executor where listeners are called
     */
    record Plan<T>(
            LatestStateSubscriber subscriber,
            SubscriptionSettings settings,
            Decoder<T> decoder,
            Predicate<? super Origin> only,
            @Nullable T initial,
            @Nullable SnapshotFile snapshot,
            Executor executor,
            TimeSource clock) {}

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    private final String stream;
    private final Decoder<T> decoder;
    private final AtomicBoolean decoderClosed = new AtomicBoolean();
    private final Absence absence;
    private final StatusTracker tracker;
    private final StateKeeper<T> keeper;
    private final Listeners<T> listeners;
    private final Readiness<T> readiness;
    private final @Nullable SnapshotWriter snapshotWriter;
    private final Subscription subscription;
    private final CompletableFuture<Subscription> opened = new CompletableFuture<>();
    private final Future<?> watch;

    /** It is here and not in the keeper, its only writer: so readers follow one reference fewer. */
    private volatile Current<T> current;

    /** Begins to follow a stream. */
    SubscribedState(Plan<T> plan) {
        SubscriptionSettings settings = plan.settings();
        stream = settings.stream();
        decoder = plan.decoder();
        absence = new Absence(stream);
        tracker = new StatusTracker(stream, plan.clock());
        current = Current.beforeAnyRecord(plan.initial());
        keeper = new StateKeeper<>(
                stream,
                new RecordDecoder<>(stream, plan.decoder(), plan.only()),
                plan.initial(),
                tracker,
                new RejectionLog(stream, plan.clock()),
                next -> current = next);
        listeners = new Listeners<>(stream, this::current, tracker::listenerFailed, plan.clock(), plan.executor());
        readiness = new Readiness<>(plan.executor());
        keeper.onChange(listeners::stateChanged);
        keeper.onReady(this::decideReadiness);
        SnapshotFile snapshot = plan.snapshot();
        if (snapshot == null) {
            snapshotWriter = null;
        } else {
            snapshot.read().ifPresent(keeper::restore);
            snapshotWriter = new SnapshotWriter(snapshot, CallThreads.daemons("latest-state-snapshot-" + stream));
            keeper.saveTo(snapshotWriter::write);
        }
        keeper.onBroken(() -> {
            var unused = opened.thenAccept(Subscription::close);
        });
        subscription = plan.subscriber().subscribe(settings, keeper);
        opened.complete(subscription);
        watch = watched(plan.subscriber().name());
        readiness.completeStage(
                this, this::notReady, false); // it may have been decided before there was a subscription to ask
    }

    /**
     * A thread of the subscriber may call this before there is a subscription. The constructor then completes the
     * stage.
     */
    private void decideReadiness() {
        readiness.decide();
        if (opened.isDone()) {
            readiness.completeStage(this, this::notReady, false);
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
        Reason reason = readiness.await(this, timeout);
        if (reason != null) {
            throw absence.notReadyAfter(timeout, reason, status());
        }
    }

    @Override
    public CompletionStage<LatestState<T>> ready() {
        CompletionStage<LatestState<T>> stage = readiness.stage();
        readiness.completeStage(this, this::notReady, status().phase() == Phase.CLOSED);
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
        readiness.completeStage(this, this::notReady, true);
        subscription.close();
        if (snapshotWriter != null) {
            snapshotWriter.close();
        }
        if (decoderClosed.compareAndSet(false, true)) {
            close(decoder, stream);
        }
    }

    static void close(Decoder<?> decoder, String stream) {
        try {
            decoder.close();
        } catch (RuntimeException | Error e) {
            logger.warn("Cannot close the decoder of '{}': {}", stream, PlainText.of(e));
        }
    }

    private void look() {
        tracker.judge();
        tracker.notifyListeners();
        listeners.look();
        readiness.completeStage(this, this::notReady, false);
        if (snapshotWriter != null) {
            snapshotWriter.tryAgain();
        }
    }

    private NotReadyException notReady(Reason reason) {
        return absence.notReady(reason, status());
    }
}

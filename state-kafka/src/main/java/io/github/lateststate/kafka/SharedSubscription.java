package io.github.lateststate.kafka;

import io.github.lateststate.PlainText;
import io.github.lateststate.engine.LoopThreads;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppableSink;
import io.github.lateststate.spi.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription without a thread of its own: its steps run one after the other, on whichever thread is free. Asking for the topic and
 * waiting hold no thread; looking back holds one of a few, and following is done by a {@link SharedLoop}.
 */
final class SharedSubscription implements Subscription {

    private static final int THREADS = 2;
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final LoopThreads WORKERS = LoopThreads.shared(THREADS, "latest-state-kafka-look-back", IDLE);
    private static final Semaphore NAMING = new Semaphore(1);
    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    /** A topic that was found longer ago than this is asked for again before it is looked back in: the broker may have gone since. */
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4_000);

    private final StopSignal stop = new StopSignal();
    private final SharedSink sink;
    private final Attempts attempts;
    private @Nullable SharedAdmin admin; // of one step after the other
    private volatile SharedLoop.@Nullable Membership membership;

    SharedSubscription(KafkaSettings settings, StateSink sink) {
        this.sink = new SharedSink(new StoppableSink(sink, stop::isSet));
        this.attempts = new Attempts(settings, this.sink);
    }

    void start() {
        WORKERS.execute(this::find);
    }

    @Override
    public String group() {
        return attempts.settings().group();
    }

    @Override
    public String progress() {
        SharedLoop.Membership place = membership;
        return attempts.progress() + (place == null ? "" : place.throttling());
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + CLOSE_NANOS;
        SharedLoop.Membership place = membership;
        boolean last = place != null && place.leave();
        stop.stop();
        sink.await(CLOSE_NANOS);
        if (place != null && last) {
            place.awaitEnd(deadline - System.nanoTime());
        }
    }

    /** A topic, and when it was found. */
    private record Found(Topic topic, long at) {

        boolean isOlderThan(long nanos) {
            return System.nanoTime() - at > nanos;
        }

        /** The topic, unless a look-back has since waited in vain: others need its thread, so it has to try again later. */
        Topic stillThere() {
            if (isOlderThan(TopicProbe.PATIENCE.toNanos())) {
                throw new TimeoutException("the broker was there, and is slow or away now");
            }
            return topic;
        }
    }

    private void find() {
        step(() -> {
            KafkaSession session = session();
            attempts.asking();
            CompletableFuture<Found> found = session.find().thenApply(topic -> {
                attempts.doing("waiting for its turn to look back");
                return new Found(topic, System.nanoTime());
            });
            then(stop.orStopped(found), it -> lookBack(session, it));
        });
    }

    private void lookBack(KafkaSession session, Found found) {
        if (found.isOlderThan(STALE_NANOS)) {
            find();
            return;
        }
        LogBounds bounds = session.lookBack(found::stillThere, attempts::lookedBack);
        stop.check();
        SharedLoop.Membership place =
                SharedLoop.join(attempts.settings(), session.follower(bounds, attempts::inContact));
        membership = place;
        stop.wakeBy(place::wake);
        then(session.withRight(place.over()), reason -> {
            release(false); // the loop may have taken another admin client meanwhile, as this one gave no answer
            later(attempts.after(reason));
        });
    }

    private void failed(Throwable thrown) {
        Optional<Duration> pause = attempts.after(thrown);
        if (pause.isEmpty() || !Causes.isTopicMissing(thrown)) {
            nameSilentBrokers(thrown);
            release(!stop.isSet() && !Causes.isOfTopic(thrown));
        }
        pause.ifPresent(this::later);
    }

    /** Takes up to two seconds, so that only one does it at a time: others need these threads. */
    private void nameSilentBrokers(Throwable thrown) {
        if (!stop.isSet() && SilentBrokers.isMissingAnswer(thrown) && NAMING.tryAcquire()) {
            try {
                Throwable named = SilentBrokers.named(Causes.of(thrown), attempts.settings());
                if (named != thrown && !stop.isSet()) {
                    sink.interrupted(Trouble.explained(named, attempts.settings()));
                }
            } catch (RuntimeException e) { // it was only about the words
                logger.debug(
                        "Cannot say which broker is silent: {}",
                        PlainText.of(attempts.settings().redaction().of(e.toString())));
            } finally {
                NAMING.release();
            }
        }
    }

    private void later(Duration pause) {
        Future<?> next = WORKERS.schedule(pause, this::find);
        stop.wakeBy(() -> {
            if (next != null && next.cancel(false)) {
                WORKERS.execute(this::find);
            }
        });
    }

    /** Goes on by another step when there is an answer. */
    @SuppressWarnings("FutureReturnValueIgnored") // both of its outcomes are seen to
    private <V> void then(CompletableFuture<V> answer, Consumer<V> next) {
        answer.whenComplete((value, thrown) -> WORKERS.execute(() -> {
            if (thrown == null) {
                step(() -> next.accept(value));
            } else {
                failed(thrown);
            }
        }));
    }

    private void step(Runnable step) {
        try {
            stop.check();
            step.run();
        } catch (Throwable e) { // whatever it is: without a next step the state would be stale for ever
            failed(e);
        }
    }

    private KafkaSession session() {
        KafkaSettings settings = attempts.settings();
        SharedAdmin using = admin == null ? SharedAdmin.of(settings) : admin;
        admin = using;
        return new KafkaSession(settings, attempts.log(), using.client(settings), sink, stop, attempts::doing);
    }

    private void release(boolean distrusted) {
        SharedAdmin used = admin;
        admin = null;
        if (used != null) {
            if (distrusted) {
                used.distrust();
            }
            used.close();
        }
    }
}

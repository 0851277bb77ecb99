package io.github.lateststate.kafka;

import io.github.lateststate.engine.Waits;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppableSink;
import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Owns the thread that looks back and follows, and begins a new session when one ends. */
final class KafkaSubscription implements Subscription {

    private static final Duration CLOSE = Duration.ofSeconds(4);

    private final StateSink sink;
    private final StopSignal stop = new StopSignal();
    private final Attempts attempts;
    private final Thread thread;

    KafkaSubscription(KafkaSettings settings, StateSink sink) {
        this.sink = new StoppableSink(sink, stop::isSet);
        this.attempts = new Attempts(settings, this.sink);
        this.thread = new Thread(this::run, "latest-state-kafka-" + settings.topic());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public String group() {
        return attempts.settings().group();
    }

    @Override
    public String progress() {
        return attempts.progress();
    }

    @Override
    public void close() {
        stop.stop();
        if (Thread.currentThread() != thread) { // else called from the sink: the thread ends when that call returns
            Waits.uninterrupted(CLOSE, nanos -> TimeUnit.NANOSECONDS.timedJoin(thread, nanos));
        }
    }

    private void run() {
        Optional<Duration> pause = attempt();
        while (pause.isPresent()) {
            try {
                stop.pause(pause.get());
            } catch (StoppedException e) {
                return;
            } catch (InterruptException e) {
                Thread.interrupted(); // whoever set that flag: the next attempt starts without it
            }
            pause = attempt();
        }
    }

    private Optional<Duration> attempt() {
        KafkaSettings settings = attempts.settings();
        try (SharedAdmin admin = SharedAdmin.of(settings)) {
            return Optional.of(session(admin, settings));
        } catch (Throwable e) { // whatever it is: a thread that has ended would leave the state stale for ever
            return attempts.after(e);
        }
    }

    private Duration session(SharedAdmin admin, KafkaSettings settings) {
        try {
            return session(
                    new KafkaSession(settings, attempts.log(), admin.client(settings), sink, stop, attempts::doing));
        } catch (Throwable e) {
            if (!stop.isSet() && !Causes.isOfTopic(e)) {
                admin.distrust();
            }
            throw e;
        }
    }

    private Duration session(KafkaSession session) {
        attempts.asking();
        CompletableFuture<Topic> found = session.find(); // on its way while the consumer is made
        LogBounds bounds = session.lookBack(() -> await(found, session), attempts::lookedBack);
        return attempts.after(session.follow(bounds, attempts::inContact));
    }

    /** Waits until there is a topic. */
    private Topic await(CompletableFuture<Topic> found, KafkaSession session) {
        CompletableFuture<Topic> answer = found;
        while (true) {
            try {
                return stop.await(answer);
            } catch (KafkaException e) {
                if (!Causes.isTopicMissing(e)) {
                    throw e;
                }
                stop.pause(attempts.after(e).orElseThrow(StoppedException::new));
            }
            answer = session.find();
        }
    }
}

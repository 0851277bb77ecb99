package io.github.lateststate.kafka;

import io.github.lateststate.engine.Scope;
import io.github.lateststate.engine.SerialLoop;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppableSink;
import io.github.lateststate.spi.Subscription;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the topic, looks back and follows, again and again. Each of these is a step on the subscription's loop, which
 * has its own thread or shares a few with others.
 */
final class KafkaSubscription implements Subscription {

    private static final Duration CLOSE = Duration.ofSeconds(4);

    private final StopSignal stop = new StopSignal();
    private final AwaitedSink sink;
    private final Attempts attempts;
    private final SilentBrokerQuestion silentBrokerQuestion;
    private final SubscriptionThreads threads;
    private final SerialLoop loop;
    private final Scope scope;
    private boolean missing;
    private final AdminUse admin = new AdminUse();
    private volatile Following.@Nullable Place place;

    KafkaSubscription(KafkaSettings settings, StateSink sink) {
        this.sink = new AwaitedSink(new StoppableSink(sink, stop::isSet));
        this.attempts = new Attempts(settings, this.sink);
        this.silentBrokerQuestion = new SilentBrokerQuestion(this.sink, stop);
        this.threads = new SubscriptionThreads(settings, this::failed);
        this.loop = threads.loop();
        this.scope = new Scope(loop);
    }

    void start() {
        loop.execute(this::find);
    }

    @Override
    public String group() {
        return attempts.settings().group();
    }

    @Override
    public String progress() {
        Following.Place following = place;
        return attempts.progress() + (following == null ? "" : following.throttling());
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + CLOSE.toNanos();
        stop.stop();
        loop.close(
                () -> {
                    scope.end();
                    admin.end();
                },
                CLOSE);
        sink.await(until(deadline));
        Following.Place following = place;
        if (following != null && following.leave()) {
            following.awaitEnd(until(deadline));
        }
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    private void find() {
        place = null;
        KafkaSettings settings = attempts.next();
        KafkaSession session = session(settings);
        attempts.asking();
        if (missing || settings.createTopic() || threads.areShared()) {
            scope.then(
                    session.find().thenApply(FoundTopic::now),
                    topic -> found(session, settings, topic),
                    this::notFound);
        } else {
            try (LookBackConsumers consumers = new LookBackConsumers(settings)) {
                lookBack(session, consumers, session.question(consumers));
            }
        }
    }

    private void found(KafkaSession session, KafkaSettings settings, FoundTopic topic) {
        if (topic.isStale()) {
            find();
        } else {
            try (LookBackConsumers consumers = new LookBackConsumers(settings)) {
                lookBack(session, consumers, TopicQuestion.answered(topic::stillThere));
            }
        }
    }

    private void lookBack(KafkaSession session, LookBackConsumers consumers, TopicQuestion topic) {
        TopicBounds bounds = session.lookBack(consumers, topic, attempts::lookedBack);
        missing = false;
        Follower follower = session.follower(bounds, attempts::inContact);
        if (attempts.areContact(bounds)) {
            follower.question().askLater();
        }
        Following.Place following = threads.placeOf(follower, attempts.settings(), consumers);
        place = following;
        stop.wakeBy(following::wake);
        threads.whenStarted(following, () -> startedToFollow(following));
        scope.then(session.withRight(following.over()), this::lookBackAgain, this::failed);
        threads.follow(following);
    }

    private void startedToFollow(Following.Place started) {
        if (started.equals(place)) { // else the next look-back has begun
            admin.end();
        }
    }

    private void lookBackAgain(LookBackAgain reason) {
        admin.end();
        scope.after(attempts.after(reason), this::find);
    }

    private void notFound(Throwable thrown) {
        failed(thrown);
        silentBrokerQuestion.report(thrown, attempts.settings());
    }

    private void failed(Throwable thrown) {
        Optional<Duration> pause = attempts.after(thrown);
        missing = Causes.isTopicMissing(thrown);
        if (!missing || pause.isEmpty()) {
            if (!stop.isSet() && !Causes.isOfTopic(thrown)) {
                admin.distrust();
            }
            admin.end();
        }
        pause.ifPresent(time -> scope.after(time, this::find));
    }

    private KafkaSession session(KafkaSettings settings) {
        SharedAdmin using = admin.begin(settings);
        return new KafkaSession(settings, attempts.log(), () -> using.client(settings), sink, stop, attempts::doing);
    }
}

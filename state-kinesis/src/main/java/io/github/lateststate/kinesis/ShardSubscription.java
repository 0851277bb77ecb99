package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import io.github.lateststate.engine.Scope;
import io.github.lateststate.kinesis.ConsumerCalls.Listener;
import io.github.lateststate.kinesis.ConsumerCalls.Running;
import io.github.lateststate.spi.OutageBackoff;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Follows one shard with enhanced fan-out. A subscription lasts for 5 minutes, and a new one takes over before that. If
 * the server refuses this, the new one begins after the end, at the place of the one before. A silent subscription is
 * not trusted.
 */
final class ShardSubscription {

    /** The server sends an event every five seconds, even if there is nothing. */
    static final Duration SILENCE = Duration.ofSeconds(11);

    /** How long the first event of a new subscription may take. After that, polling is tried. */
    static final Duration FIRST_EVENT_WITHIN = Duration.ofSeconds(8);

    /** A little before 5 minutes are over. */
    static final Duration RENEWED_AFTER = Duration.ofSeconds(270);

    private static final Duration RENEWAL_JITTER = Duration.ofSeconds(10);

    /** Within 5 s of the last one, the server accepts no new subscription. */
    static final Duration IN_USE_FOR = Duration.ofSeconds(6);

    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_FAILURES = 2;

    private final StreamContext context;
    private final ShardReader reader;
    private final ShardIntake intake;
    private final ConsumerCalls calls;
    private final String consumerArn;
    private final Consumer<Throwable> givenUp;
    private final Scope scope;
    private final OutageBackoff backoff;
    private @Nullable Call current;
    private @Nullable Call successor;
    private @Nullable String continuation;
    private int failures;
    private boolean stopped;

    ShardSubscription(
            StreamContext context,
            ShardReader reader,
            ShardIntake intake,
            ConsumerCalls calls,
            String consumerArn,
            Consumer<Throwable> givenUp) {
        this.context = context;
        this.reader = reader;
        this.intake = intake;
        this.calls = calls;
        this.consumerArn = consumerArn;
        this.givenUp = givenUp;
        this.scope = context.newScope();
        this.backoff = context.newBackoff();
    }

    /** Begins. Room for it was taken; {@link #stop} gives it back. */
    void start() {
        current = new Call();
    }

    boolean isBy(@Nullable String arn) {
        return consumerArn.equals(arn);
    }

    /** Ends it; nothing more is read. */
    void stop() {
        if (!stopped) {
            stopped = true;
            calls.giveRoomBack();
        }
        if (current != null) {
            current.end();
        }
        if (successor != null) {
            successor.end();
        }
        scope.end();
    }

    /** One call of SubscribeToShard, and its events. */
    private final class Call implements Listener {

        private final Running running;
        private final Scope scope = context.newScope();
        private Loop.Timer silence;
        private boolean answered;
        private boolean ledOn;

        Call() {
            silence = scope.after(FIRST_EVENT_WITHIN, () -> silent(FIRST_EVENT_WITHIN));
            scope.after(RENEWED_AFTER.plus(context.randomUpTo(RENEWAL_JITTER)), this::renew);
            Start start = continuation == null ? reader.resume() : new Start.After(continuation);
            running = calls.subscribe(consumerArn, reader.shard(), start, this);
        }

        void end() {
            scope.end();
            running.cancel();
        }

        @Override
        public void event(Page page, Runnable more) {
            context.loop().execute(() -> {
                if (isOfUse()) {
                    answered = true;
                    took(this, page);
                    silence.cancel();
                    silence = scope.after(SILENCE, () -> silent(SILENCE));
                    more.run();
                }
            });
        }

        @Override
        public void over(@Nullable Throwable cause) {
            context.loop().execute(() -> {
                if (isOfUse()) {
                    ended(this, cause);
                }
            });
        }

        private boolean isOfUse() {
            return !stopped && (this == current || this == successor);
        }

        private void renew() {
            if (this == current && successor == null && !stopped) {
                successor = new Call();
            }
        }

        private void silent(Duration time) {
            if (isOfUse()) {
                ended(this, new TimeoutException("nothing was received for " + time.toSeconds() + " s"));
            }
        }
    }

    private void took(Call call, Page page) {
        if (call == successor) {
            if (current != null) {
                current.end();
            }
            current = call;
            successor = null;
        }
        if (!page.lacksContinuation()) {
            call.ledOn = true;
            failures = 0;
            backoff.reset();
        }
        continuation = page.next();
        intake.event(page);
        if (reader.isEnded()) {
            stop();
        }
    }

    private void ended(Call call, @Nullable Throwable cause) {
        call.end();
        if (call == successor) {
            successor = null; // the current one goes on, and another follows when it ends
            return;
        }
        current = successor;
        successor = null;
        if (current != null) {
            return;
        }
        if (cause != null) {
            failed(call, cause);
        } else if (call.ledOn) {
            current = new Call();
        } else {
            ledNowhere();
        }
    }

    /** It ended without saying where to go on or that this is the end of the shard. */
    private void ledNowhere() {
        if (++failures > MOST_FAILURES) {
            stop();
            givenUp.accept(SdkClientException.create(
                    "Subscriptions to " + reader.shard() + " end and do not say where reading continues."));
        } else {
            retryIn(LEAST_WAIT.plus(backoff.next(false)));
        }
    }

    private void failed(Call call, Throwable cause) {
        Trouble trouble = Trouble.of(cause);
        boolean silent = cause instanceof TimeoutException;
        failures++;
        if (trouble == Trouble.NOT_FOUND
                || trouble == Trouble.DENIED
                || failures > MOST_FAILURES
                || (silent && !call.answered)
                || (trouble == Trouble.IN_USE && failures > 1)) { // the server still holds one that failed
            stop();
            givenUp.accept(cause);
        } else if (silent) {
            troubled(cause, "follow");
            current = new Call();
        } else if (trouble == Trouble.IN_USE) {
            retryIn(IN_USE_FOR);
        } else if (trouble == Trouble.INVALID) { // the place to begin at may have been trimmed
            continuation = null;
            retryIn(LEAST_WAIT);
        } else {
            retryIn(LEAST_WAIT.plus(backoff.next(false)));
            if (trouble != Trouble.THROTTLED) {
                troubled(cause, "subscribe to");
            }
        }
    }

    private void troubled(Throwable cause, String what) {
        context.contact()
                .troubled(reader.shard(), Trouble.explained(cause, context.settings(), what + " " + reader.shard()));
    }

    private void retryIn(Duration delay) {
        scope.after(delay, () -> current = new Call());
    }
}

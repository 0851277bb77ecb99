package io.github.lateststate.kinesis;

import io.github.lateststate.PlainText;
import io.github.lateststate.engine.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/**
 * The fan-out consumer of this instance. Registers it, shows that it is alive, and says which consumer to follow with,
 * or that there is none for now. See docs/decisions for how the consumers of crashed instances are recognized.
 */
final class FanOut {

    /** The tag that a living instance changes. */
    static final String BEAT = "latest-state-beat";

    /** How often the instance changes the tag. */
    static final Duration BEAT_EVERY = Duration.ofMinutes(5);

    /**
     * An instance that could not change its tag for this long leaves its consumer: others may soon take it for a
     * leftover.
     */
    static final Duration LEFT_AFTER = Duration.ofMinutes(15);

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final Duration SUSPECTED_FOR = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final int TRIES_SOON = 3;

    private final StreamContext context;
    private final KinesisSettings settings;
    private final ConsumerCalls calls;
    private final Runnable changed;
    private final Scope scope;
    private final FanOutSweep sweep;
    private String streamArn = "";
    private @Nullable String arn;
    private long lastBeatAt;
    private long beats;
    private int tries;
    private @Nullable String suspectedArn;
    private volatile @Nullable CompletableFuture<?> registering;

    /**
     * Does not begin yet.
     *
     * @param changed runs when {@link #arn} has changed
     */
    FanOut(StreamContext context, ConsumerCalls calls, Runnable changed) {
        this.context = context;
        this.settings = context.settings();
        this.calls = calls;
        this.changed = changed;
        this.scope = context.newScope();
        this.sweep = new FanOutSweep(context, calls);
    }

    /** Begins. Begins again if the stream is another one. */
    void begin(String newStreamArn) {
        streamArn = newStreamArn;
        tries = 0;
        beginAgain();
        register();
        sweep.begin(newStreamArn);
    }

    /** The consumer to follow with; null for none. */
    @Nullable
    String arn() {
        return arn;
    }

    ConsumerCalls calls() {
        return calls;
    }

    /**
     * Reports that following one shard with a consumer did not work. The shard is polled. If there are more such
     * shards, the log still has one line.
     */
    void suspect(String suspected, Throwable cause) {
        if (!suspected.equals(arn) || suspected.equals(suspectedArn)) {
            return;
        }
        logger.warn("No fan-out from {}, polling instead: {}", settings.describe(), Trouble.withoutFanOut(cause));
        if (Trouble.of(cause) == Trouble.NOT_FOUND) {
            beginAgain();
            tries = 0;
            in(SOON, this::register);
        } else {
            suspectedArn = suspected;
            in(SUSPECTED_FOR, () -> {
                suspectedArn = null;
                changed.run();
            });
        }
    }

    /**
     * What must end before a consumer can be deregistered.
     *
     * @return null if none was registered
     */
    @Nullable
    CompletableFuture<?> registering() {
        return registering;
    }

    String streamArn() {
        return streamArn;
    }

    private void register() {
        CompletableFuture<Consumer> call = calls.register(streamArn, settings.group(), Map.of(BEAT, "0"));
        registering = call;
        scope.then(call, made -> awaitActive(made.consumerARN()), thrown -> {
            if (Trouble.of(thrown) == Trouble.IN_USE) { // an earlier try got through, or the stream is being changed
                findOwn(thrown);
            } else {
                again(thrown);
            }
        });
    }

    private void findOwn(Throwable inUse) {
        scope.then(
                calls.list(streamArn),
                consumers -> consumers.stream()
                        .filter(consumer -> consumer.consumerName().equals(settings.group()))
                        .findFirst()
                        .ifPresentOrElse(own -> awaitActive(own.consumerARN()), () -> again(inUse)),
                this::again);
    }

    private void awaitActive(String made) {
        scope.then(
                calls.status(streamArn, settings.group()),
                status -> {
                    if (status == ConsumerStatus.ACTIVE) {
                        tries = 0;
                        lastBeatAt = context.loop().nanoTime();
                        use(made);
                        beat(made);
                    } else {
                        in(SOON.dividedBy(2), () -> awaitActive(made));
                    }
                },
                this::again);
    }

    private void beat(String made) {
        beats++;
        scope.then(
                calls.tag(made, Map.of(BEAT, Long.toString(beats))),
                done -> {
                    lastBeatAt = context.loop().nanoTime();
                    in(BEAT_EVERY, () -> beat(made));
                },
                thrown -> notBeaten(made, thrown));
    }

    private void notBeaten(String made, Throwable thrown) {
        Trouble trouble = Trouble.of(thrown);
        if (trouble == Trouble.NOT_FOUND) {
            suspect(made, thrown);
        } else if (trouble == Trouble.DENIED || context.loop().nanoTime() - lastBeatAt > LEFT_AFTER.toNanos()) {
            var unused = calls.deregister(streamArn, settings.group());
            tries = TRIES_SOON;
            again(thrown);
        } else {
            in(Duration.ofSeconds(30), () -> beat(made));
        }
    }

    /** Polls meanwhile. */
    private void again(Throwable thrown) {
        beginAgain();
        tries++;
        if (tries < TRIES_SOON) {
            in(SOON, this::register);
            return;
        }
        tries = TRIES_SOON - 1;
        Duration wait = jittered(LATER);
        logger.warn(
                "No fan-out consumer at {}, polling instead; retrying in {} min: {}",
                settings.describe(),
                wait.toMinutes(),
                Trouble.of(thrown) == Trouble.THROTTLED
                        ? "the quota of consumers may be full (" + PlainText.of(thrown) + ")"
                        : PlainText.of(thrown));
        in(wait, this::register);
    }

    private void beginAgain() {
        scope.end();
        suspectedArn = null;
        use(null);
    }

    private void use(@Nullable String newArn) {
        boolean other = newArn == null ? arn != null : !newArn.equals(arn);
        arn = newArn;
        if (other) {
            changed.run();
        }
    }

    private void in(Duration delay, Runnable task) {
        scope.after(jittered(delay), task);
    }

    private Duration jittered(Duration delay) {
        return delay.plus(context.randomUpTo(delay.dividedBy(2)));
    }
}

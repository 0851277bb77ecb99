package io.github.lateststate.kinesis;

import io.github.lateststate.PlainText;
import io.github.lateststate.kinesis.Loop.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/**
 * The fan-out consumer of this instance: registers it, shows that it is alive, and tells by which consumer to follow, or that
 * there is none for the time being and to poll. See docs/decisions for how the consumers of crashed instances are recognised.
 */
final class FanOut {

    /** The tag that a living instance changes. */
    static final String BEAT = "latest-state-beat";

    /** How often it does. */
    static final Duration BEAT_EVERY = Duration.ofMinutes(5);

    /** Who could not for so long has to leave its consumer, which may be taken for a dead one's soon. */
    static final Duration LEFT_AFTER = Duration.ofMinutes(15);

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofMinutes(4);
    private static final int TRIES_SOON = 3;

    private final KinesisSettings settings;
    private final ConsumerCalls calls;
    private final Loop loop;
    private final DoubleSupplier random;
    private final Consumer<@Nullable String> changed;
    private final FanOutSweep sweep;
    private String streamArn = "";
    private @Nullable String arn;
    private @Nullable Timer timer;
    private Instant lastBeat = Instant.MIN;
    private long beats;
    private int tries;
    private int round;
    private boolean doubted;
    private volatile @Nullable CompletableFuture<?> registering;

    /**
     * Makes one that has not begun.
     *
     * @param changed told by which consumer to follow; null for none
     */
    FanOut(
            KinesisSettings settings,
            ConsumerCalls calls,
            Loop loop,
            Consumer<@Nullable String> changed,
            DoubleSupplier random) {
        this.settings = settings;
        this.calls = calls;
        this.loop = loop;
        this.changed = changed;
        this.random = random;
        this.sweep = new FanOutSweep(settings, calls, loop, random);
    }

    /** Begins, or begins anew where the stream is another one. */
    void begin(String newStreamArn) {
        streamArn = newStreamArn;
        tries = 0;
        use(null);
        register();
        sweep.begin(newStreamArn);
    }

    /** The consumer to follow by; null for none. */
    @Nullable
    String arn() {
        return arn;
    }

    /** Says that following one shard by a consumer did not work. The shard is polled; if there are more of them, one line says so. */
    void doubted(String doubtedArn, Throwable cause) {
        if (!doubtedArn.equals(arn) || doubted) {
            return;
        }
        logger.warn("No fan-out from {}, polling instead: {}", settings.describe(), Trouble.withoutFanOut(cause));
        if (Trouble.of(cause) == Trouble.NOT_FOUND) {
            round++;
            tries = 0;
            use(null);
            in(SOON, this::register);
        } else {
            int now = round;
            doubted = true;
            loop.after(jittered(Duration.ofMinutes(1)), () -> {
                doubted = false;
                if (now == round) {
                    changed.accept(arn);
                }
            });
        }
    }

    /**
     * What has to be ended before a consumer can be deregistered.
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
        int now = ++round;
        CompletableFuture<software.amazon.awssdk.services.kinesis.model.Consumer> call =
                calls.register(streamArn, settings.group(), Map.of(BEAT, "0"));
        registering = call;
        loop.then(
                call,
                made -> ifStill(now, () -> awaitActive(now, made.consumerARN())),
                thrown -> ifStill(now, () -> {
                    if (Trouble.of(thrown)
                            == Trouble.IN_USE) { // a try before this one got through, or the stream is being changed
                        findOwn(now, thrown);
                    } else {
                        again(thrown);
                    }
                }));
    }

    private void findOwn(int now, Throwable inUse) {
        loop.then(
                calls.list(streamArn),
                consumers -> ifStill(
                        now,
                        () -> consumers.stream()
                                .filter(consumer -> consumer.consumerName().equals(settings.group()))
                                .findFirst()
                                .ifPresentOrElse(own -> awaitActive(now, own.consumerARN()), () -> again(inUse))),
                thrown -> ifStill(now, () -> again(thrown)));
    }

    private void awaitActive(int now, String made) {
        loop.then(
                calls.status(streamArn, settings.group()),
                status -> ifStill(now, () -> {
                    if (status == ConsumerStatus.ACTIVE) {
                        tries = 0;
                        lastBeat = loop.now();
                        use(made);
                        beat(now, made);
                    } else {
                        in(SOON.dividedBy(2), () -> awaitActive(now, made));
                    }
                }),
                thrown -> ifStill(now, () -> again(thrown)));
    }

    private void beat(int now, String made) {
        beats++;
        loop.then(
                calls.tag(made, Map.of(BEAT, Long.toString(beats))),
                done -> ifStill(now, () -> {
                    lastBeat = loop.now();
                    in(BEAT_EVERY, () -> beat(now, made));
                }),
                thrown -> ifStill(now, () -> notBeaten(now, made, thrown)));
    }

    private void notBeaten(int now, String made, Throwable thrown) {
        Trouble trouble = Trouble.of(thrown);
        if (trouble == Trouble.NOT_FOUND) {
            doubted(made, thrown);
        } else if (trouble == Trouble.DENIED || lastBeat.plus(LEFT_AFTER).isBefore(loop.now())) {
            loop.then(calls.deregister(streamArn, settings.group()), done -> {}, failed -> {});
            tries = TRIES_SOON;
            again(thrown);
        } else {
            in(Duration.ofSeconds(30), () -> beat(now, made));
        }
    }

    /** Polls meanwhile. */
    private void again(Throwable thrown) {
        round++;
        use(null);
        tries++;
        if (tries < TRIES_SOON) {
            in(SOON, this::register);
            return;
        }
        tries = TRIES_SOON - 1;
        Duration wait = jittered(LATER);
        logger.warn(
                "No fan-out consumer at {}, polling instead, next try in {} min: {}",
                settings.describe(),
                wait.toMinutes(),
                Trouble.of(thrown) == Trouble.THROTTLED
                        ? "the quota of consumers may be full (" + PlainText.of(thrown) + ")"
                        : PlainText.of(thrown));
        in(wait, this::register);
    }

    private void use(@Nullable String newArn) {
        boolean other = newArn == null ? arn != null : !newArn.equals(arn);
        arn = newArn;
        if (other) {
            changed.accept(newArn);
        }
    }

    private void in(Duration delay, Runnable task) {
        if (timer != null) {
            timer.cancel();
        }
        timer = loop.after(jittered(delay), task);
    }

    private Duration jittered(Duration delay) {
        return delay.plusMillis((long) (delay.toMillis() * random.getAsDouble() / 2));
    }

    private void ifStill(int when, Runnable task) {
        if (when == round) {
            task.run();
        }
    }
}

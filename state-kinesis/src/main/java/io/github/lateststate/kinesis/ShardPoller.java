package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import io.github.lateststate.engine.Scope;
import io.github.lateststate.spi.OutageBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Makes the calls that a shard reader asks for, one at a time, when they are due. */
final class ShardPoller {

    /** A call that takes longer is reported. Its answer may still come. */
    private static final Duration REPORTED_LATE_AFTER = Duration.ofSeconds(7);

    /** Throttling is not an outage, unless there is nothing else for this long. */
    private static final Duration REPORTED_THROTTLED_AFTER = Duration.ofSeconds(74);

    /** A refusal or an answer without a field usually passes. More of them in a row are trouble. */
    private static final int MOST_ODDITIES = 3;

    private final StreamContext context;
    private final ShardReader reader;
    private final ShardIntake intake;
    private final ShardEvents events;
    private final ReadLimit limit;
    private final Loop loop;
    private final Scope scope;
    private final PageSize size = new PageSize();
    private final Pace pace;
    private final OutageBackoff backoff;
    private @Nullable Instant lastAnswer;
    private int oddities;

    ShardPoller(StreamContext context, ShardReader reader, ShardIntake intake, ShardEvents events, ReadLimit limit) {
        this.context = context;
        this.reader = reader;
        this.intake = intake;
        this.events = events;
        this.limit = limit;
        this.loop = context.loop();
        this.scope = context.newScope();
        this.pace = new Pace(loop.now(), context.random());
        this.backoff = context.newBackoff();
    }

    /** Begins to poll, or continues. */
    void start(Duration delay) {
        stop();
        lastAnswer = loop.now();
        schedule(delay);
    }

    /** Makes no further call, and ignores the answer to a call that is under way. */
    void stop() {
        scope.end();
    }

    private void schedule(Duration delay) {
        scope.after(delay, this::step);
    }

    private void step() {
        Optional<Step> next = reader.next(loop.now());
        if (next.isEmpty()) {
            return;
        }
        if (reader.isLookingBack()) {
            context.progress().accept("looking back in shard " + reader.shard() + ": " + reader.progress());
        }
        if (next.get() instanceof Step.GetIterator ask) {
            call(ask, context.calls().iterator(reader.shard(), ask.start()), iterator -> iterator(ask, iterator));
        } else if (next.get() instanceof Step.GetRecords read) {
            read(read);
        }
    }

    private void read(Step.GetRecords read) {
        AtomicLong askedAt = new AtomicLong();
        CompletableFuture<Page> answer = limit.inTurn(scope.guard(), () -> {
            askedAt.setPlain(loop.nanoTime());
            return context.calls().records(read.iterator(), size.records());
        });
        call(read, answer, page -> page(read, page, askedAt.getPlain()));
    }

    private <T> void call(Step step, CompletableFuture<T> answer, Consumer<T> onAnswer) {
        Loop.Timer late =
                scope.after(REPORTED_LATE_AFTER, () -> context.contact().troubled(reader.shard(), slow()));
        scope.then(
                answer,
                value -> {
                    late.cancel();
                    onAnswer.accept(value);
                },
                thrown -> {
                    late.cancel();
                    failed(step, thrown);
                });
    }

    private void iterator(Step.GetIterator asked, String iterator) {
        lastAnswer = loop.now();
        reader.iterator(asked.cursor(), iterator, loop.now());
        step();
    }

    private void page(Step.GetRecords read, Page page, long askedAt) {
        size.answer();
        BooleanSupplier goesOn = scope.guard();
        intake.page(read.cursor(), page, askedAt);
        if (page.lacksContinuation() && !reader.isEnded()) {
            if (goesOn.getAsBoolean()) {
                odd(incomplete());
            }
            return;
        }
        backoff.reset();
        oddities = 0;
        lastAnswer = loop.now();
        if (goesOn.getAsBoolean()) { // the change did not stop it
            schedule(pace.afterAnswer(loop.now(), !reader.isFarBehind()));
        }
    }

    /** Tries again, for ever: the trouble may pass at any time. */
    private void odd(Throwable what) {
        schedule(backoff.next(false));
        if (++oddities > MOST_ODDITIES) {
            context.contact().troubled(reader.shard(), what);
        }
    }

    private void failed(Step step, Throwable thrown) {
        switch (Trouble.of(thrown)) {
            case THROTTLED -> throttled(step, thrown);
            case EXPIRED_ITERATOR -> {
                reader.iteratorLost(step.cursor());
                schedule(Pace.LEAST);
            }
            case NOT_FOUND -> events.missing(reader);
            case INVALID -> refused(step, thrown);
            case DENIED -> troubled(step, thrown, true);
            case IN_USE, OTHER -> troubled(step, thrown, false);
        }
    }

    private void throttled(Step step, Throwable thrown) {
        Instant now = loop.now();
        Duration wait = pace.afterThrottling(now, !reader.isFarBehind());
        if (lastAnswer != null && lastAnswer.plus(REPORTED_THROTTLED_AFTER).isBefore(now.plus(wait))) {
            context.contact().troubled(reader.shard(), explained(step, thrown));
        }
        schedule(wait);
    }

    private void refused(Step step, Throwable thrown) {
        if (step instanceof Step.GetRecords) {
            reader.iteratorLost(step.cursor());
        } else if (reader.correct(step.cursor(), loop.now())) {
            events.timesRefused(explained(step, thrown));
        }
        odd(explained(step, thrown));
    }

    private void troubled(Step step, Throwable thrown, boolean denied) {
        if (step instanceof Step.GetRecords && Trouble.isSilence(thrown)) {
            size.silence();
        }
        boolean onlyThis =
                !denied && step instanceof Step.GetIterator && context.contact().isAnswering(Contact.STREAM);
        if (onlyThis && reader.unanswered(step.cursor())) {
            events.timesRefused(explained(step, thrown));
        }
        schedule(Trouble.isSilence(thrown) ? Pace.LEAST : backoff.next(denied));
        context.contact().troubled(reader.shard(), explained(step, thrown));
    }

    private Throwable explained(Step step, Throwable thrown) {
        String what = step instanceof Step.GetRecords ? "read" : "get an iterator for";
        return Trouble.explained(thrown, context.settings(), what + " " + reader.shard());
    }

    private Throwable incomplete() {
        return SdkClientException.create("An answer from " + context.settings().describe() + " about " + reader.shard()
                + " does not say where reading continues. Retrying.");
    }

    private Throwable slow() {
        return new TimeoutException("No answer from " + context.settings().describe() + " about " + reader.shard()
                + " for " + REPORTED_LATE_AFTER.toSeconds() + " s");
    }
}

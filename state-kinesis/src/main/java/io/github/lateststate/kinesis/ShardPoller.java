package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.Loop.Timer;
import io.github.lateststate.spi.OutageBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Makes the calls that a shard reader asks for, one at a time, when they are due. */
final class ShardPoller {

    /** A read that takes longer than that is told; it may still come. */
    private static final Duration TOLD_LATE_AFTER = Duration.ofSeconds(7);

    /** Throttling is not an outage, unless nothing else comes for as long as this. */
    private static final Duration TOLD_THROTTLED_AFTER = Duration.ofSeconds(74);

    /** Refusals and answers that lack a field pass, as a rule; more of them in a row are trouble. */
    private static final int MOST_ODDITIES = 3;

    private final ShardReader reader;
    private final StreamCalls calls;
    private final Loop loop;
    private final Contact contact;
    private final KinesisSettings settings;
    private final ShardEvents events;
    private final ShardIntake intake;
    private final ReadLimit limit;
    private final PageSize size = new PageSize();
    private final Pace pace;
    private final OutageBackoff backoff;
    private @Nullable Timer timer;
    private @Nullable Instant lastAnswer;
    private int round;
    private int oddities;

    ShardPoller(
            ShardReader reader,
            StreamCalls calls,
            Loop loop,
            Contact contact,
            KinesisSettings settings,
            ShardEvents events,
            ShardIntake intake,
            ReadLimit limit,
            DoubleSupplier random) {
        this.reader = reader;
        this.calls = calls;
        this.loop = loop;
        this.contact = contact;
        this.settings = settings;
        this.events = events;
        this.intake = intake;
        this.limit = limit;
        this.pace = new Pace(loop.now(), random);
        this.backoff = new OutageBackoff(random);
    }

    /** Begins to poll, or goes on. */
    void start(Duration delay) {
        stop();
        lastAnswer = loop.now();
        schedule(delay);
    }

    /** Makes no further call, and does nothing with the answer to one that was made. */
    void stop() {
        round++;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void schedule(Duration delay) {
        timer = loop.after(delay, this::step);
    }

    private void step() {
        Optional<Step> next = reader.next(loop.now());
        if (next.isEmpty()) {
            return;
        }
        if (reader.isLookingBack()) {
            events.lookingBack(reader);
        }
        int now = ++round;
        Timer late = loop.after(TOLD_LATE_AFTER, () -> {
            if (now == round) {
                contact.troubled(reader.shard(), slow());
            }
        });
        Step step = next.get();
        if (step instanceof Step.GetIterator ask) {
            loop.then(
                    calls.iterator(reader.shard(), ask.start()),
                    iterator -> answered(now, late, () -> iterator(ask, iterator)),
                    thrown -> answered(now, late, () -> failed(step, thrown)));
        } else if (step instanceof Step.GetRecords read) {
            limit.begin(() -> read(now, late, read));
        }
    }

    private void read(int when, Timer late, Step.GetRecords read) {
        if (when != round) { // it was stopped while it waited for its turn
            late.cancel();
            limit.end();
            return;
        }
        long askedAt = loop.nanoTime();
        loop.then(
                calls.records(read.iterator(), size.records()),
                page -> wasRead(when, late, () -> page(read, page, askedAt)),
                thrown -> wasRead(when, late, () -> failed(read, thrown)));
    }

    private void wasRead(int when, Timer late, Runnable then) {
        try {
            answered(when, late, then);
        } finally {
            limit.end();
        }
    }

    private void answered(int when, Timer late, Runnable then) {
        late.cancel();
        if (when == round) {
            then.run();
        }
    }

    private void iterator(Step.GetIterator asked, String iterator) {
        lastAnswer = loop.now();
        reader.iterator(asked.cursor(), iterator, loop.now());
        step();
    }

    private void page(Step.GetRecords read, Page page, long askedAt) {
        size.answer();
        int before = round;
        intake.page(read.cursor(), page, askedAt);
        if (page.leadsNowhere() && !reader.isEnded()) {
            if (before == round) {
                odd(incomplete());
            }
            return;
        }
        backoff.reset();
        oddities = 0;
        lastAnswer = loop.now();
        if (before == round) { // it was not stopped by what that changed
            schedule(pace.afterAnswer(loop.now(), !reader.isFarBehind()));
        }
    }

    /** Tries again, for ever: it may pass at any time. */
    private void odd(Throwable what) {
        schedule(backoff.next(false));
        if (++oddities > MOST_ODDITIES) {
            contact.troubled(reader.shard(), what);
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
        if (lastAnswer != null && lastAnswer.plus(TOLD_THROTTLED_AFTER).isBefore(now.plus(wait))) {
            contact.troubled(reader.shard(), explained(step, thrown));
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
        boolean onlyThis = !denied && step instanceof Step.GetIterator && contact.isAnswering(Contact.STREAM);
        if (onlyThis && reader.unanswered(step.cursor())) {
            events.timesRefused(explained(step, thrown));
        }
        schedule(Trouble.isSilence(thrown) ? Pace.LEAST : backoff.next(denied));
        contact.troubled(reader.shard(), explained(step, thrown));
    }

    private Throwable explained(Step step, Throwable thrown) {
        String what = step instanceof Step.GetRecords ? "read" : "get an iterator for";
        return Trouble.explained(thrown, settings, what + " " + reader.shard());
    }

    private Throwable incomplete() {
        return SdkClientException.create("An answer of " + settings.describe() + " about " + reader.shard()
                + " does not say where to read on. Asking again.");
    }

    private Throwable slow() {
        return new TimeoutException("No answer from " + settings.describe() + " about " + reader.shard() + " for "
                + TOLD_LATE_AFTER.toSeconds() + " s");
    }
}

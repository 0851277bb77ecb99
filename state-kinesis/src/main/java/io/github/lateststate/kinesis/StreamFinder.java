package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.Loop.Timer;
import io.github.lateststate.spi.OutageBackoff;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Finds the stream and its shards; waits for a stream that is missing or not ready, and as long as nobody answers. */
final class StreamFinder {

    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    /** Twenty descriptions a second are shared by the whole account: being throttled a few times is no outage. */
    private static final int THROTTLED_AND_NOT_TOLD = 5;

    private final KinesisSettings settings;
    private final StreamCalls calls;
    private final Loop loop;
    private final Contact contact;
    private final Consumer<String> progress;
    private final DoubleSupplier random;
    private final OutageBackoff backoff;
    private @Nullable BiConsumer<StreamDescriptionSummary, List<Shard>> asker;
    private @Nullable Timer timer;
    private int round;
    private int throttled;

    StreamFinder(
            KinesisSettings settings,
            StreamCalls calls,
            Loop loop,
            Contact contact,
            Consumer<String> progress,
            DoubleSupplier random) {
        this.settings = settings;
        this.calls = calls;
        this.loop = loop;
        this.contact = contact;
        this.progress = progress;
        this.random = random;
        this.backoff = new OutageBackoff(random);
    }

    /** Searches, and hands over what was found. */
    void find(BiConsumer<StreamDescriptionSummary, List<Shard>> found) {
        asker = found;
        throttled = 0;
        backoff.reset();
        progress.accept("asking for " + settings.describe());
        describe();
    }

    /** Ends the search. */
    void stop() {
        asker = null;
        round++;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void describe() {
        int now = round;
        loop.then(calls.describe(), summary -> described(now, summary), thrown -> noAnswer(now, thrown));
    }

    private void described(int when, @Nullable StreamDescriptionSummary summary) {
        if (when != round) {
            return;
        }
        if (summary == null) {
            await("An answer about " + settings.describe() + " does not describe it. Asking again.");
            return;
        }
        StreamStatus status = summary.streamStatus();
        if (status == StreamStatus.CREATING || status == StreamStatus.DELETING) {
            await("The " + settings.describe() + " is " + status + ". Waiting for it to be ACTIVE.");
            return;
        }
        loop.then(calls.shards(), shards -> found(when, summary, shards), thrown -> noAnswer(when, thrown));
    }

    private void found(int when, StreamDescriptionSummary summary, List<Shard> shards) {
        BiConsumer<StreamDescriptionSummary, List<Shard>> to = asker;
        if (when != round || to == null) {
            return;
        }
        if (!KeySpace.isCoveredBy(shards)) {
            await("The list of shards of " + settings.describe() + " is incomplete: the " + shards.size()
                    + " shards in it do not cover all hash keys. Asking again.");
        } else {
            asker = null;
            to.accept(summary, shards);
        }
    }

    private void noAnswer(int when, Throwable thrown) {
        if (when != round) {
            return;
        }
        switch (Trouble.of(thrown)) {
            case NOT_FOUND -> await("There is no " + settings.describe() + ". Waiting for it: create it.");
            case DENIED, INVALID -> tryAgain(thrown, true);
            case THROTTLED -> {
                if (++throttled > THROTTLED_AND_NOT_TOLD) {
                    tryAgain(thrown, false);
                } else {
                    tryAgainIn(backoff.next(false));
                }
            }
            default -> tryAgain(thrown, false);
        }
    }

    private void tryAgainIn(Duration delay) {
        timer = loop.after(delay, this::describe);
        progress.accept("waiting to ask again for " + settings.describe());
    }

    private void tryAgain(Throwable thrown, boolean denied) {
        tryAgainIn(Trouble.isSilence(thrown) ? Pace.LEAST : backoff.next(denied));
        contact.troubled(Contact.STREAM, Trouble.explained(thrown, settings, "find it"));
    }

    private void await(String what) {
        timer = loop.after(NEXT_TRY.plusMillis((long) (random.getAsDouble() * NEXT_TRY.toMillis())), this::describe);
        progress.accept("waiting for " + settings.describe());
        contact.troubled(Contact.STREAM, SdkClientException.create(what));
    }
}

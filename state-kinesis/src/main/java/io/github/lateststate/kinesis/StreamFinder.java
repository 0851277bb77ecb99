package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.Loop.Timer;
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

    private final KinesisSettings settings;
    private final StreamCalls calls;
    private final Loop loop;
    private final Contact contact;
    private final Consumer<String> progress;
    private final Consumer<Throwable> failed;
    private final DoubleSupplier random;
    private final Backoff backoff;
    private @Nullable BiConsumer<StreamDescriptionSummary, List<Shard>> asker;
    private @Nullable Timer timer;

    StreamFinder(
            KinesisSettings settings,
            StreamCalls calls,
            Loop loop,
            Contact contact,
            Consumer<String> progress,
            Consumer<Throwable> failed,
            DoubleSupplier random) {
        this.settings = settings;
        this.calls = calls;
        this.loop = loop;
        this.contact = contact;
        this.progress = progress;
        this.failed = failed;
        this.random = random;
        this.backoff = new Backoff(random);
    }

    /** Whether the search is on. */
    boolean isSearching() {
        return asker != null;
    }

    /** Searches, and hands over what was found. */
    void find(BiConsumer<StreamDescriptionSummary, List<Shard>> found) {
        asker = found;
        backoff.reset();
        progress.accept("asking for " + settings.describe());
        describe();
    }

    /** Ends the search. */
    void stop() {
        asker = null;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void describe() {
        loop.then(calls.describe(), this::described, this::noAnswer);
    }

    private void described(StreamDescriptionSummary summary) {
        StreamStatus status = summary.streamStatus();
        if (status == StreamStatus.CREATING || status == StreamStatus.DELETING) {
            await("The " + settings.describe() + " is " + status + ". Waiting for it to be ACTIVE.");
            return;
        }
        loop.then(calls.shards(), shards -> found(summary, shards), this::noAnswer);
    }

    private void found(StreamDescriptionSummary summary, List<Shard> shards) {
        BiConsumer<StreamDescriptionSummary, List<Shard>> to = asker;
        if (to != null) {
            asker = null;
            to.accept(summary, shards);
        }
    }

    private void noAnswer(Throwable thrown) {
        if (asker == null) {
            return;
        }
        switch (Trouble.of(thrown)) {
            case NOT_FOUND -> await("There is no " + settings.describe() + ". Waiting for it: create it.");
            case INVALID -> failed.accept(Trouble.explained(thrown, settings, "find it"));
            case DENIED -> tryAgain(thrown, true);
            default -> tryAgain(thrown, false);
        }
    }

    private void tryAgain(Throwable thrown, boolean denied) {
        timer = loop.after(backoff.next(denied), this::describe);
        progress.accept("waiting to ask again for " + settings.describe());
        contact.troubled(settings.stream(), Trouble.explained(thrown, settings, "find it"));
    }

    private void await(String what) {
        timer = loop.after(NEXT_TRY.plusMillis((long) (random.getAsDouble() * NEXT_TRY.toMillis())), this::describe);
        progress.accept("waiting for " + settings.describe());
        contact.troubled(settings.stream(), SdkClientException.create(what));
    }
}

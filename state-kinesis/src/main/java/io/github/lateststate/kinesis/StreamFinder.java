package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Scope;
import io.github.lateststate.spi.OutageBackoff;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Finds the stream and its shards. Waits while the stream is missing or not ready, and while there is no answer. */
final class StreamFinder {

    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    /** The whole account shares twenty descriptions a second: being throttled a few times is not an outage. */
    private static final int THROTTLED_WITHOUT_REPORT = 5;

    private final StreamContext context;
    private final KinesisSettings settings;
    private final BiConsumer<StreamDescriptionSummary, List<Shard>> onFound;
    private final Scope scope;
    private final OutageBackoff backoff;
    private int throttled;

    /**
     * Does not search yet.
     *
     * @param onFound receives the stream and its shards, once for each search
     */
    StreamFinder(StreamContext context, BiConsumer<StreamDescriptionSummary, List<Shard>> onFound) {
        this.context = context;
        this.settings = context.settings();
        this.onFound = onFound;
        this.scope = context.newScope();
        this.backoff = context.newBackoff();
    }

    /** Begins to search. */
    void search() {
        stop();
        throttled = 0;
        backoff.reset();
        context.progress().accept("asking for " + settings.describe());
        describe();
    }

    /** Ends the search. */
    void stop() {
        scope.end();
    }

    private void describe() {
        scope.then(context.calls().describe(), this::described, this::noAnswer);
    }

    private void described(@Nullable StreamDescriptionSummary summary) {
        if (summary == null) {
            await("Kinesis sent no description of " + settings.describe() + ". Retrying.");
            return;
        }
        StreamStatus status = summary.streamStatus();
        if (status == StreamStatus.CREATING || status == StreamStatus.DELETING) {
            await("The " + settings.describe() + " is " + status + ". Waiting for it to be ACTIVE.");
            return;
        }
        scope.then(context.calls().shards(), shards -> listed(summary, shards), this::noAnswer);
    }

    private void listed(StreamDescriptionSummary summary, List<Shard> shards) {
        if (KeySpace.isCoveredBy(shards)) {
            onFound.accept(summary, shards);
        } else {
            await("The list of shards of " + settings.describe() + " is incomplete: the " + shards.size()
                    + " shards in it do not cover all hash keys. Retrying.");
        }
    }

    private void noAnswer(Throwable thrown) {
        switch (Trouble.of(thrown)) {
            case NOT_FOUND ->
                await("There is no " + settings.describe()
                        + ". Waiting for it: create it, or check the name and the region.");
            case DENIED, INVALID -> tryAgain(thrown, true);
            case THROTTLED -> {
                if (++throttled > THROTTLED_WITHOUT_REPORT) {
                    tryAgain(thrown, false);
                } else {
                    tryAgainIn(backoff.next(false));
                }
            }
            default -> tryAgain(thrown, false);
        }
    }

    private void tryAgainIn(Duration delay) {
        scope.after(delay, this::describe);
        context.progress().accept("waiting to ask again for " + settings.describe());
    }

    private void tryAgain(Throwable thrown, boolean denied) {
        tryAgainIn(Trouble.isSilence(thrown) ? Pace.LEAST : backoff.next(denied));
        context.contact().troubled(Contact.STREAM, Trouble.explained(thrown, settings, "find it"));
    }

    private void await(String what) {
        scope.after(NEXT_TRY.plus(context.randomUpTo(NEXT_TRY)), this::describe);
        context.progress().accept("waiting for " + settings.describe());
        context.contact().troubled(Contact.STREAM, SdkClientException.create(what));
    }
}

package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Scope;
import io.github.lateststate.spi.OutageBackoff;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.UndecidedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * Finds the stream and has its shards read. Begins again if it is another stream. Asks every few seconds which shards
 * there are: reads alone do not show that a stream was deleted and created again.
 */
final class StreamSession {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(365);

    private final StreamContext context;
    private final KinesisSettings settings;
    private final StateSink sink;
    private final StreamFinder finder;
    private final FollowedStream followed = new FollowedStream();
    private final FollowedShards shards;
    private final Scope scope;
    private final OutageBackoff afterMissing;
    private final OutageBackoff afterFailure;

    /**
     * Does nothing yet.
     *
     * @param consumerCalls null to poll only
     */
    StreamSession(StreamContext context, StateSink sink, @Nullable ConsumerCalls consumerCalls) {
        this.context = context;
        this.settings = context.settings();
        this.sink = sink;
        this.finder = new StreamFinder(context, this::found);
        this.shards = new FollowedShards(context, followed, sink, consumerCalls, this::someAreMissing);
        this.scope = context.newScope();
        this.afterMissing = context.newBackoff();
        this.afterFailure = context.newBackoff();
    }

    /** Begins, or begins again after any failure. Continues where it was. */
    void start() {
        stop();
        context.contact().expect(Contact.STREAM);
        finder.search();
    }

    /**
     * Stops, and begins again after a pause. If a record is undecided, looks back again in all shards, down to the
     * accepted record. A pause replaces the one before.
     *
     * @param thrown what a task threw: a record is undecided, or the library has a bug
     */
    void pauseAfter(Throwable thrown) {
        stop();
        if (context.contact().wasComplete()) {
            afterFailure.reset();
        }
        boolean undecided = thrown instanceof UndecidedException;
        if (undecided) {
            followed.lookBackAgain();
            shards.forget();
        }
        context.progress().accept(undecided ? "waiting for the decoder" : "waiting to retry");
        scope.after(afterFailure.next(!undecided), this::start);
        context.contact()
                .lost(
                        undecided
                                ? thrown
                                : SdkClientException.create("Unexpected error with " + settings.describe(), thrown));
    }

    /** Makes no further call, and ignores the answer to a call that is under way. */
    void stop() {
        scope.end();
        finder.stop();
        shards.stop();
    }

    /** What was registered at the server and must be deregistered. */
    @Nullable
    FanOut fanOut() {
        return shards.fanOut();
    }

    /** How many shards are remembered. */
    int knownShards() {
        return followed.lineage().size();
    }

    private void found(StreamDescriptionSummary summary, List<Shard> listed) {
        boolean first = !followed.isKnown();
        boolean recreated = followed.adopt(summary.streamCreationTimestamp(), listed);
        if (recreated) {
            logger.info("The {} was deleted and created again: looking back in the new one", settings.describe());
            shards.forget();
            sink.replaced();
        }
        FanOut fanOut = shards.fanOut();
        if (fanOut != null && (first || recreated)) {
            String arn = summary.streamARN() == null ? settings.stream().arn() : summary.streamARN();
            if (arn == null) {
                logger.warn("No fan-out from {}, polling instead: its description holds no ARN", settings.describe());
            } else {
                fanOut.begin(arn);
            }
        }
        shards.start(listed, horizon(summary));
        // After the shards are expected to answer: if only the stream does, nothing has been read.
        context.contact().answered(Contact.STREAM, context.loop().nanoTime(), false);
        probeLater();
    }

    /**
     * No record is older than this. If a clock is wrong, this may be too late, and then more is read than needed. If
     * the server does not report the age of the stream or its retention, the longest possible time is assumed.
     */
    private Instant horizon(StreamDescriptionSummary summary) {
        Instant created = summary.streamCreationTimestamp();
        Integer hours = summary.retentionPeriodHours();
        Instant retained = context.loop().now().minus(hours == null ? LONGEST_RETENTION : Duration.ofHours(hours));
        return created != null && created.isAfter(retained) ? created : retained;
    }

    /** Checks which shards exist, and whether the stream does. */
    private void someAreMissing() {
        scope.end();
        scope.after(afterMissing.next(false), this::start);
    }

    private void probeLater() {
        probeIn(PROBE_EVERY);
    }

    private void probeIn(Duration delay) {
        scope.after(delay, () -> scope.then(context.calls().shards(), this::probed, this::notProbed));
    }

    private void probed(List<Shard> listed) {
        if (!KeySpace.isCoveredBy(listed)) { // the list lacks a shard, and proves nothing
            probeLater();
            return;
        }
        if (followed.isOther(listed)) {
            start();
            return;
        }
        afterMissing.reset();
        probeLater();
        shards.listed(listed);
        context.contact().answered(Contact.STREAM, context.loop().nanoTime(), false);
    }

    private void notProbed(Throwable thrown) {
        switch (Trouble.of(thrown)) {
            case NOT_FOUND, INVALID -> start();
            case THROTTLED -> probeLater();
            default -> {
                probeIn(Trouble.isSilence(thrown) ? Pace.LEAST : PROBE_EVERY);
                context.contact().troubled(Contact.STREAM, Trouble.explained(thrown, settings, "list its shards"));
            }
        }
    }
}

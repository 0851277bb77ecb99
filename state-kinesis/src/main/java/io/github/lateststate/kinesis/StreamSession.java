package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.Loop.Timer;
import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * Finds the stream, looks back in its shards, and follows them through splits and merges. Asks every few seconds which shards
 * there are: reads alone do not tell that a stream was deleted and created again.
 */
final class StreamSession implements ShardEvents {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final Duration START_JITTER = Duration.ofMillis(500);

    private final KinesisSettings settings;
    private final StreamCalls calls;
    private final @Nullable ConsumerCalls consumerCalls;
    private final @Nullable FanOut fanOut;
    private final Loop loop;
    private final StateSink sink;
    private final Consumer<String> progress;
    private final Consumer<Throwable> failed;
    private final DoubleSupplier random;
    private final Contact contact;
    private final StreamFinder finder;
    private final Offers offers;
    private final Backoff backoff;
    private final FollowedStream followed = new FollowedStream();
    private final Map<String, ShardFeed> feeds = new LinkedHashMap<>();
    private final Set<String> lookedBack = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private Instant horizon = Instant.EPOCH;
    private boolean caughtUp;
    private @Nullable Timer probe;

    StreamSession(
            KinesisSettings settings,
            StreamCalls calls,
            @Nullable ConsumerCalls consumerCalls,
            Loop loop,
            StateSink sink,
            Consumer<String> progress,
            Consumer<Throwable> failed,
            DoubleSupplier random) {
        this.settings = settings;
        this.calls = calls;
        this.consumerCalls = consumerCalls;
        this.fanOut = consumerCalls == null
                ? null
                : new FanOut(
                        settings,
                        consumerCalls,
                        loop,
                        arn -> feeds.values().forEach(feed -> feed.consumer(arn)),
                        random);
        this.loop = loop;
        this.sink = sink;
        this.progress = progress;
        this.failed = failed;
        this.random = random;
        this.contact = new Contact(sink);
        this.backoff = new Backoff(random);
        this.finder = new StreamFinder(settings, calls, loop, contact, progress, failed, random);
        this.offers = new Offers(sink, followed);
    }

    /** Begins, or begins again after whatever went wrong; goes on where it was. */
    void start() {
        stop();
        contact.expect(settings.stream());
        finder.find(this::found);
    }

    /** Makes no further call. */
    void stop() {
        finder.stop();
        feeds.values().forEach(ShardFeed::stop);
        if (probe != null) {
            probe.cancel();
        }
    }

    /** What was registered at the server, and has to be deregistered. */
    @Nullable
    FanOut fanOut() {
        return fanOut;
    }

    private void found(StreamDescriptionSummary summary, List<Shard> shards) {
        boolean begins = !followed.isKnown();
        if (followed.adopt(summary.streamCreationTimestamp(), shards)) {
            logger.info("The {} was deleted and created again: looking back in the new one", settings.describe());
            feeds.keySet().forEach(contact::forget);
            feeds.clear();
            lookedBack.clear();
            begins = true;
        }
        if (begins && fanOut != null) {
            fanOut.begin(summary.streamARN());
        }
        horizon = horizon(summary);
        boolean first = feeds.isEmpty();
        if (first) {
            lookBack(shards);
        } else {
            endGone(shards);
            feeds.values().forEach(feed -> feed.start(jitter()));
            follow();
        }
        missing.clear();
        contact.answered(settings.stream(), loop.now(), false);
        goOn();
        probeLater();
    }

    /** Nothing is older than this. By a clock that is wrong it may be too late, and then more is read than is needed. */
    private Instant horizon(StreamDescriptionSummary summary) {
        Instant created = summary.streamCreationTimestamp();
        Instant retained = loop.now().minus(Duration.ofHours(summary.retentionPeriodHours()));
        return created.isAfter(retained) ? created : retained;
    }

    private void lookBack(List<Shard> shards) {
        Lineage lineage = followed.lineage();
        for (Shard shard : shards) {
            if (isClosed(shard)) {
                lineage.end(shard.shardId());
            } else {
                lineage.begin(shard.shardId());
                lookBack(shard.shardId());
            }
        }
    }

    private void lookBack(String shard) {
        feed(ShardReader.lookingBack(shard, new Windows(loop.now(), horizon), record -> offers.offer(shard, record)));
    }

    /** Follows the shards whose turn it is, from their first record. */
    private void follow() {
        for (Set<String> ready = followed.lineage().ready();
                !ready.isEmpty();
                ready = followed.lineage().ready()) {
            for (String shard : ready) {
                followed.lineage().begin(shard);
                lookedBack.add(shard);
                feed(ShardReader.following(shard, record -> offers.offer(shard, record)));
                logger.info("Following {} of {}", shard, settings.describe());
            }
        }
    }

    private void feed(ShardReader reader) {
        ShardFeed feed = new ShardFeed(
                reader,
                calls,
                consumerCalls,
                loop,
                contact,
                settings,
                this,
                fanOut == null ? null : fanOut.arn(),
                this::consumerDoubted,
                random);
        feeds.put(reader.shard(), feed);
        feed.start(jitter());
    }

    private void consumerDoubted(String consumerArn, Throwable cause) {
        if (fanOut != null) {
            fanOut.doubted(consumerArn, cause);
        }
    }

    private Duration jitter() {
        return Duration.ofMillis((long) (START_JITTER.toMillis() * random.getAsDouble()));
    }

    private void probeLater() {
        probe = loop.after(PROBE_EVERY, () -> loop.then(calls.shards(), this::probed, this::notProbed));
    }

    private void probed(List<Shard> shards) {
        if (finder.isSearching()) {
            return;
        }
        if (followed.isOther(shards)) {
            start();
            return;
        }
        followed.note(shards);
        follow();
        shards.stream().filter(StreamSession::isClosed).forEach(shard -> {
            ShardFeed feed = feeds.get(shard.shardId());
            if (feed != null) {
                feed.closed();
            }
        });
        contact.answered(settings.stream(), loop.now(), false);
        probeLater();
    }

    private void notProbed(Throwable thrown) {
        if (finder.isSearching()) {
            return;
        }
        switch (Trouble.of(thrown)) {
            case NOT_FOUND, INVALID -> start();
            case THROTTLED -> probeLater();
            default -> {
                contact.troubled(settings.stream(), Trouble.explained(thrown, settings, "list its shards"));
                probeLater();
            }
        }
    }

    @Override
    public void lookingBack(ShardReader reader) {
        progress.accept("looking back in shard " + reader.shard() + ": " + reader.progress());
    }

    @Override
    public void lookedBack(ShardReader reader) {
        lookedBack.add(reader.shard());
        ShardFeed feed = feeds.get(reader.shard());
        if (feed != null) {
            feed.subscribe();
        }
        goOn();
    }

    @Override
    public void ended(ShardReader reader, List<ChildShard> children) {
        contact.forget(reader.shard());
        followed.lineage().addChildren(children);
        followed.lineage().end(reader.shard());
        follow();
    }

    @Override
    public void missing(ShardReader reader) {
        missing.add(reader.shard());
        if (!finder.isSearching()) {
            loop.after(backoff.next(false), () -> {
                if (!finder.isSearching()) {
                    start();
                }
            });
        }
    }

    @Override
    public void failed(Throwable cause) {
        failed.accept(cause);
    }

    /** Ends the shards that the server says are not there, and that are not listed either: their records have expired. */
    private void endGone(List<Shard> shards) {
        shards.forEach(shard -> missing.remove(shard.shardId()));
        for (String shard : missing) {
            ShardFeed feed = feeds.get(shard);
            if (feed != null) {
                feed.reader().gone();
                contact.forget(shard);
                followed.lineage().end(shard);
                lookedBack.add(shard);
            }
        }
    }

    /** Looks back in closed shards where the open ones held nothing; says so when there is nothing left to look back in. */
    private void goOn() {
        feeds.values().removeIf(feed -> {
            if (feed.reader().isDone()) {
                feed.stop();
                return true;
            }
            return false;
        });
        for (String shard : followed.lineage().next(lookedBack::contains)) {
            if (!feeds.containsKey(shard)) {
                lookBack(shard);
            }
        }
        if (feeds.values().stream().anyMatch(feed -> feed.reader().isLookingBack())) {
            return;
        }
        progress.accept("following " + feeds.size() + " shard" + (feeds.size() == 1 ? "" : "s"));
        if (!caughtUp) {
            caughtUp = true;
            contact.lookedBack();
            sink.caughtUp();
            warnOfShards();
        }
    }

    private void warnOfShards() {
        if (feeds.size() > 1) {
            logger.warn(
                    "The {} has {} shards: the newest of their last records is the state, by the clocks of Kinesis",
                    settings.describe(),
                    feeds.size());
        }
    }

    private static boolean isClosed(Shard shard) {
        return shard.sequenceNumberRange().endingSequenceNumber() != null;
    }
}

package io.github.lateststate.kinesis;

import io.github.lateststate.engine.SeveralHeads;
import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The shards that are read. Looks back in the open ones, and in closed ones if the open ones hold nothing. Then follows
 * the open ones and their children.
 */
final class FollowedShards implements ShardEvents {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final Duration START_JITTER = Duration.ofMillis(500);

    private final StreamContext context;
    private final KinesisSettings settings;
    private final FollowedStream followed;
    private final StateSink sink;
    private final @Nullable FanOut fanOut;
    private final Runnable someAreMissing;
    private final Offers offers;
    private final ReadLimit limit;
    private final Horizon horizon;
    private final ClosedShards closedShards;
    private final Map<String, ShardFeed> feeds = new LinkedHashMap<>();
    private final Set<String> missing = new HashSet<>();
    private long recordsRead;
    private boolean caughtUp;

    /**
     * Reads nothing yet.
     *
     * @param consumerCalls null to poll only
     * @param someAreMissing runs when the server says that a shard does not exist
     */
    FollowedShards(
            StreamContext context,
            FollowedStream followed,
            StateSink sink,
            @Nullable ConsumerCalls consumerCalls,
            Runnable someAreMissing) {
        this.context = context;
        this.settings = context.settings();
        this.followed = followed;
        this.sink = sink;
        this.fanOut = consumerCalls == null ? null : new FanOut(context, consumerCalls, this::consumerChanged);
        this.someAreMissing = someAreMissing;
        this.offers = new Offers(sink, followed);
        this.limit = new ReadLimit(context.loop());
        this.horizon = new Horizon(settings);
        this.closedShards = new ClosedShards(context, followed, this::goOn);
    }

    /** The consumer that follows shards; null to poll only. */
    @Nullable
    FanOut fanOut() {
        return fanOut;
    }

    /** Forgets all shards: their stream no longer exists, or the look-back begins again. */
    void forget() {
        context.contact().lookBack();
        feeds.keySet().forEach(context.contact()::forget);
        feeds.clear();
        closedShards.stop();
    }

    /** Begins with the shards of a stream, or continues with those that were read before. */
    void start(List<Shard> shards, Instant oldest) {
        horizon.isAt(oldest);
        if (feeds.isEmpty()) {
            shards.forEach(this::begin);
        } else {
            endGone(shards);
            feeds.values().forEach(feed -> feed.start(jitter()));
            follow();
        }
        missing.clear();
        goOn();
    }

    /** Makes no further call. */
    void stop() {
        feeds.values().forEach(ShardFeed::stop);
        closedShards.stop();
    }

    /** Takes a new list of the shards. */
    void listed(List<Shard> shards) {
        followed.note(shards);
        follow();
        for (Shard shard : shards) {
            ShardFeed feed = feeds.get(shard.shardId());
            if (feed != null && isClosed(shard)) {
                feed.closed();
            }
        }
        feeds.values().forEach(ShardFeed::subscribe); // there may be room again
        if (caughtUp) {
            followed.forgetExpired(shards);
        }
    }

    @Override
    public void read(int records) {
        recordsRead += records;
    }

    @Override
    public void lookedBack(ShardReader reader) {
        followed.lineage().lookedBack(reader.shard());
        ShardFeed feed = feeds.get(reader.shard());
        if (feed != null) {
            feed.subscribe();
        }
        goOn();
    }

    @Override
    public void ended(ShardReader reader, List<ChildShard> children) {
        context.contact().forget(reader.shard());
        followed.noteChildren(children);
        followed.lineage().end(reader.shard());
        if (reader.isDone()) {
            feeds.remove(reader.shard());
        }
        follow();
    }

    @Override
    public void missing(ShardReader reader) {
        if (missing.add(reader.shard()) && missing.size() == 1) {
            someAreMissing.run();
        }
    }

    @Override
    public void timesRefused(Throwable cause) {
        horizon.timesRefused(cause);
    }

    private void begin(Shard shard) {
        if (isClosed(shard)) {
            followed.lineage().end(shard.shardId());
        } else {
            followed.lineage().begin(shard.shardId());
            feed(lookingBack(shard.shardId()), jitter());
        }
    }

    private ShardReader lookingBack(String shard) {
        return ShardReader.lookingBack(
                shard,
                horizon.plan(context.loop().now()),
                candidate -> offers.offer(shard, candidate),
                record -> offers.wanted(shard, record));
    }

    private void lookBackInClosed(String shard) {
        ShardReader reader = lookingBack(shard);
        reader.closed();
        feed(reader, Duration.ZERO); // the start was jittered already
    }

    /** Follows the shards whose turn it is, from their first record. */
    private void follow() {
        Lineage lineage = followed.lineage();
        for (Set<String> ready = lineage.ready(); !ready.isEmpty(); ready = lineage.ready()) {
            for (String shard : ready) {
                lineage.begin(shard);
                lineage.lookedBack(shard);
                feed(ShardReader.following(shard, candidate -> offers.offer(shard, candidate)), jitter());
                logger.info("Following {} of {}", shard, settings.describe());
            }
        }
        if (caughtUp) {
            showFollowing();
        }
    }

    private void showFollowing() {
        context.progress().accept("following " + feeds.size() + " shard" + (feeds.size() == 1 ? "" : "s"));
    }

    private void feed(ShardReader reader, Duration delay) {
        ShardFeed feed = new ShardFeed(context, reader, this, limit, fanOut);
        feeds.put(reader.shard(), feed);
        feed.start(delay);
    }

    private void consumerChanged() {
        feeds.values().forEach(ShardFeed::consumerChanged);
    }

    private Duration jitter() {
        return context.randomUpTo(START_JITTER);
    }

    /** Ends the shards that the server does not know and does not list either: their records have expired. */
    private void endGone(List<Shard> shards) {
        shards.forEach(shard -> missing.remove(shard.shardId()));
        for (String shard : missing) {
            ShardFeed feed = feeds.get(shard);
            if (feed != null) {
                feed.reader().gone();
                context.contact().forget(shard);
                followed.lineage().end(shard);
                followed.lineage().lookedBack(shard);
            }
        }
    }

    /** Looks back in closed shards if the open ones held nothing. Reports when no shard is left for the look-back. */
    private void goOn() {
        feeds.values().stream().filter(ShardFeed::isDone).forEach(ShardFeed::stop);
        feeds.values().removeIf(ShardFeed::isDone);
        closedShards.next().stream().filter(shard -> !feeds.containsKey(shard)).forEach(this::lookBackInClosed);
        if (!closedShards.areLookedBackIn()
                || feeds.values().stream().anyMatch(feed -> feed.reader().isLookingBack())) {
            return;
        }
        showFollowing();
        context.contact().lookedBack();
        if (!caughtUp) {
            caughtUp = true;
            sink.caughtUp(recordsRead + offers.unpacked());
            SeveralHeads.warning("The " + settings.describe(), feeds.size(), "shard", "Kinesis'")
                    .ifPresent(logger::warn);
        }
    }

    private static boolean isClosed(Shard shard) {
        return shard.sequenceNumberRange().endingSequenceNumber() != null;
    }
}

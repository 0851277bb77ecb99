package io.github.lateststate.kinesis;

import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The shards that are read: looks back in the open ones, and in closed ones where those hold nothing; follows them, and what
 * comes out of them.
 */
final class FollowedShards implements ShardEvents {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final Duration START_JITTER = Duration.ofMillis(500);

    private final KinesisSettings settings;
    private final StreamCalls calls;
    private final @Nullable ConsumerCalls consumerCalls;
    private final Loop loop;
    private final Contact contact;
    private final StateSink sink;
    private final Consumer<String> progress;
    private final Runnable someAreMissing;
    private final BiConsumer<String, Throwable> consumerDoubted;
    private final Consumer<Throwable> failed;
    private final DoubleSupplier random;
    private final FollowedStream followed;
    private final Offers offers;
    private final ReadLimit limit;
    private final Map<String, ShardFeed> feeds = new LinkedHashMap<>();
    private final Set<String> lookedBack = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private Instant horizon = Instant.EPOCH;
    private @Nullable String consumerArn;
    private boolean caughtUp;

    FollowedShards(
            KinesisSettings settings,
            StreamCalls calls,
            @Nullable ConsumerCalls consumerCalls,
            Loop loop,
            Contact contact,
            FollowedStream followed,
            StateSink sink,
            Consumer<String> progress,
            Runnable someAreMissing,
            BiConsumer<String, Throwable> consumerDoubted,
            Consumer<Throwable> failed,
            DoubleSupplier random) {
        this.settings = settings;
        this.calls = calls;
        this.consumerCalls = consumerCalls;
        this.loop = loop;
        this.contact = contact;
        this.followed = followed;
        this.sink = sink;
        this.progress = progress;
        this.someAreMissing = someAreMissing;
        this.consumerDoubted = consumerDoubted;
        this.failed = failed;
        this.random = random;
        this.offers = new Offers(sink, followed);
        this.limit = new ReadLimit(loop);
    }

    /** Forgets all: they are of a stream that is no more. */
    void forget() {
        feeds.keySet().forEach(contact::forget);
        feeds.clear();
        lookedBack.clear();
    }

    /** Begins with the shards of a stream, or goes on with those that were read before. */
    void start(List<Shard> shards, Instant newHorizon) {
        horizon = newHorizon;
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
    }

    /** Says by which consumer to follow; null for none. */
    void consumer(@Nullable String arn) {
        consumerArn = arn;
        feeds.values().forEach(feed -> feed.consumer(arn));
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
        if (missing.add(reader.shard()) && missing.size() == 1) {
            someAreMissing.run();
        }
    }

    @Override
    public void failed(Throwable cause) {
        failed.accept(cause);
    }

    private void begin(Shard shard) {
        if (isClosed(shard)) {
            followed.lineage().end(shard.shardId());
        } else {
            followed.lineage().begin(shard.shardId());
            lookBack(shard.shardId());
        }
    }

    private void lookBack(String shard) {
        feed(ShardReader.lookingBack(shard, new Windows(loop.now(), horizon), record -> offers.offer(shard, record)));
    }

    /** Follows the shards whose turn it is, from their first record. */
    private void follow() {
        Lineage lineage = followed.lineage();
        for (Set<String> ready = lineage.ready(); !ready.isEmpty(); ready = lineage.ready()) {
            for (String shard : ready) {
                lineage.begin(shard);
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
                consumerArn,
                consumerDoubted,
                limit,
                random);
        feeds.put(reader.shard(), feed);
        feed.start(jitter());
    }

    private Duration jitter() {
        return Duration.ofMillis((long) (START_JITTER.toMillis() * random.getAsDouble()));
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
        feeds.values().stream().filter(ShardFeed::isDone).forEach(ShardFeed::stop);
        feeds.values().removeIf(ShardFeed::isDone);
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
            if (feeds.size() > 1) {
                logger.warn(
                        "The {} has {} shards: the newest of their last records is the state, by the clocks of Kinesis",
                        settings.describe(),
                        feeds.size());
            }
        }
    }

    private static boolean isClosed(Shard shard) {
        return shard.sequenceNumberRange().endingSequenceNumber() != null;
    }
}

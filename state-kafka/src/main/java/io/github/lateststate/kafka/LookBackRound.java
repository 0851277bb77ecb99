package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads for the look-backs of all partitions, in one poll loop. It reads one record a poll, so a poll that fails loses
 * no record. A partition that is done is paused, which leaves the connection to the others.
 */
final class LookBackRound {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long NO_PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How long no byte may come. A broker that sends a large record slowly is not silent. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final LookBackConsumers consumers;
    private final FollowedLog log;
    private final Offers offers;
    private final List<PartitionSearch> searches;
    private Consumer<byte[], byte[]> consumer;
    private FetchSilence fetchSilence;
    private Quota quota;
    private Duration silent = Duration.ZERO;
    private String throttled = "";
    private int timesSilent;
    private boolean outOfRange;
    private long lastProgress;
    private @Nullable LinkageError error;

    LookBackRound(LookBackConsumers consumers, TopicBounds bounds, FollowedLog log, Offers offers) {
        this.consumers = consumers;
        this.log = log;
        this.offers = offers;
        this.consumer = consumers.current();
        this.fetchSilence = new FetchSilence(consumer);
        this.quota = new Quota(consumer);
        this.searches = bounds.partitions().entrySet().stream()
                .map(entry -> new PartitionSearch(
                        entry.getKey(),
                        new LookBack(
                                log.floor(entry.getKey(), entry.getValue()),
                                entry.getValue().end(),
                                log.mayKeep() / bounds.partitions().size(),
                                log.firstStep())))
                .sorted(Comparator.comparingInt(search -> search.partition().partition()))
                .toList();
        searches.stream()
                .filter(search -> search.lookBack().done())
                .forEach(search ->
                        log.reached(search.partition(), search.lookBack().end()));
        begin();
    }

    boolean done() {
        return searches.stream().noneMatch(PartitionSearch::isOpen);
    }

    /** The partitions that are not done. */
    List<TopicPartition> open() {
        return openOnes().stream().map(search -> search.partition()).toList();
    }

    private List<PartitionSearch> openOnes() {
        return searches.stream().filter(PartitionSearch::isOpen).toList();
    }

    /** Whether the log may have changed under the search, or the broker may be away. Ask for its bounds again then. */
    boolean needsNewBounds() {
        return outOfRange || System.nanoTime() - lastProgress > NO_PROGRESS_NANOS;
    }

    /** Whether a fetch may be waiting on a connection that died unnoticed. Call it once each time new bounds are needed. */
    boolean needsAnotherConnection() {
        timesSilent = !outOfRange && silent.compareTo(SILENCE) > 0 ? timesSilent + 1 : 0;
        if (timesSilent < log.patience()) {
            return false;
        }
        log.waitLonger();
        return true;
    }

    /**
     * Goes on after the bounds were checked. A slow fetch is left alone.
     *
     * @param bounds of the open partitions, asked for again
     * @throws KafkaException if a log ends before the end that the search started from: it is another log, which needs
     *     a new look-back
     */
    void goOnWith(TopicBounds bounds) {
        boolean beginsLater = false;
        for (PartitionSearch search : openOnes()) {
            PartitionBounds now = bounds.of(search.partition());
            if (now.end() < search.lookBack().end()) {
                throw new KafkaException("The log of " + search.partition() + " was truncated during the look-back");
            }
            beginsLater |= now.begin() > search.lookBack().windowBegin();
        }
        if (outOfRange || beginsLater) {
            openOnes().forEach(search -> {
                search.lookBack().again(bounds.of(search.partition()).begin());
                finishIfDone(search);
            });
            begin();
        }
        outOfRange = false;
        lastProgress = System.nanoTime();
    }

    /** Polls once. If memory runs out, the next look-back keeps less. */
    void poll() {
        try {
            read();
        } catch (OutOfMemoryError e) {
            log.keepLess();
            throw e;
        }
    }

    private void read() {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
            waited(records.isEmpty());
        } catch (OffsetOutOfRangeException e) { // also in a truncated log
            outOfRange = true;
            return;
        } catch (LinkageError e) {
            if (consumers.areAtTheEnd()) {
                readFurtherBack();
                return;
            }
            if (error != null) {
                throw new KafkaException("Reading fails, and Kafka does not name the partition", e);
            }
            error = e; // the next poll names the partition
            return;
        } catch (KafkaException e) {
            stepOver(e);
            return;
        }
        error = null;
        log.lookedAt(records.count());
        Map<TopicPartition, OffsetAndMetadata> next = ClientVersion.nextOffsets(consumer, records);
        for (PartitionSearch search : openOnes()) {
            log.unverified().read(search.partition(), records.records(search.partition()));
            records.records(search.partition()).stream()
                    .filter(offers::wants) // a record that is not for this state takes no memory
                    .forEach(search.lookBack()::read);
            OffsetAndMetadata at = next.get(search.partition());
            if (at != null
                    && at.offset() != search.position()
                    && search.lookBack().isInNewestWindow()) {
                log.readOf(search.partition(), at.leaderEpoch());
            }
            move(search);
        }
        if (consumers.areAtTheEnd()
                && openOnes().stream().anyMatch(search -> !search.lookBack().isInNewestWindow())) {
            readFurtherBack();
        }
    }

    /** Looks at the metrics only if nothing came: to find them, all of them are walked through. */
    private void waited(boolean inVain) {
        silent = inVain ? fetchSilence.look() : Duration.ZERO;
        throttled = inVain ? quota.suffix() : throttled;
    }

    String progress() {
        return openOnes().stream()
                .findFirst()
                .map(search -> "looking back in partition " + search.partition().partition() + ": at "
                        + search.position() + " of " + search.lookBack().windowEnd() + throttled)
                .orElse("looked back");
    }

    /** Goes on with a consumer that is made for this. The windows that are open begin again. */
    private void readFurtherBack() {
        consumers.readFurtherBack();
        consumer = consumers.current();
        fetchSilence = new FetchSilence(consumer);
        quota = new Quota(consumer);
        openOnes().forEach(search -> search.lookBack().again(search.lookBack().begin()));
        begin();
    }

    /** Puts a batch that cannot be read in the place of its records, and goes on after it. */
    private void stepOver(KafkaException thrown) {
        PartitionSearch search = searches.stream()
                .filter(one -> one.isOpen() && Unreadable.isOf(one.partition(), thrown))
                .findFirst()
                .orElseThrow(() -> thrown);
        if (consumers.areAtTheEnd()) {
            readFurtherBack();
            return;
        }
        Throwable cause = error == null ? thrown : error;
        error = null;
        long at = Positions.of(consumer, search.partition()).orElse(search.position());
        UnreadableBatch batch = new BatchFinder(consumer, search.partition(), cause)
                .find(at, search.lookBack().begin(), search.lookBack().windowEnd());
        search.unreadable(batch, Unreadable.batch(cause).isPresent());
        move(search);
    }

    private void begin() {
        consumer.assign(open());
        openOnes().forEach(this::seek);
        lastProgress = System.nanoTime();
    }

    private void move(PartitionSearch search) {
        if (search.movedTo(Positions.of(consumer, search.partition()).orElse(search.position()))) {
            lastProgress = System.nanoTime();
        }
        if (search.lookBack().reached(search.position(), offers::offer)) {
            lastProgress = System.nanoTime();
            if (!search.isOpen()) {
                finishIfDone(search);
                consumer.pause(List.of(search.partition()));
            } else if (!consumers.areAtTheEnd()) {
                seek(search);
            }
        }
    }

    private void finishIfDone(PartitionSearch search) {
        if (!search.isOpen()) {
            log.reached(search.partition(), search.lookBack().end());
        }
    }

    private void seek(PartitionSearch search) {
        consumer.seek(search.partition(), search.beginWindow());
    }
}

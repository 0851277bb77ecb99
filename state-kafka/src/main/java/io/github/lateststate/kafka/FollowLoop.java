package io.github.lateststate.kafka;

import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one consumer for all the followers it has, each of another topic, and asks the broker about all of them in one go. What
 * happens to one of them ends that one; what happens to the consumer ends all. Of one thread, but for {@link #wake}.
 */
final class FollowLoop implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_WHILE_ASKING = Duration.ofMillis(50);

    /** Each assignment is a line in Kafka's log that names all partitions, so that those who come and go in numbers do so together. */
    private static final long ASSIGN_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Who would be due this soon is asked about together with one who is due now. */
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    /** How long a broker may owe a fetch, beyond the time for which it may wait for records, before it is asked whether it is there. */
    private static final Duration SUSPICION = Duration.ofMillis(1_500);

    /** How long before the fetch is made over another connection, if there is something to fetch. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final long RENEW_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A broker that is away for long is not worth a new client at each question. */
    private static final long RENEW_ADMIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FollowClients clients;
    private final Semaphore woken = new Semaphore(0);
    private final LeaderWatch leaders;
    private final NamesOfSilent namesOfSilent = new NamesOfSilent();
    private final Duration suspicion;
    private final Duration silence;
    private RefusedFetches refused;
    private FetchSilence fetchSilence;
    private Quota quota;
    private long nextRenewal = System.nanoTime();
    private final Map<String, Follower> followers = new HashMap<>();
    private final List<Follower> joining = new ArrayList<>();
    private boolean anyLeft;
    private boolean seekAgain;
    private boolean silenceSuspected;
    private long nextAssign = System.nanoTime();
    private long nextAdminRenewal = System.nanoTime();

    /** Makes one that closes the clients with itself. */
    FollowLoop(FollowClients clients) {
        this.clients = clients;
        this.leaders = new LeaderWatch(clients);
        this.suspicion = SUSPICION.plus(clients.longestFetch());
        this.silence = SILENCE.plus(clients.longestFetch());
        this.refused = new RefusedFetches(clients.consumer());
        this.fetchSilence = new FetchSilence(clients.consumer());
        this.quota = new Quota(clients.consumer());
    }

    /** Takes one more; one of the same topic must have been closed, and ends. */
    void add(Follower follower) {
        joining.add(follower);
    }

    boolean isEmpty() {
        return followers.isEmpty() && joining.isEmpty();
    }

    /** Ends a wait for records. From any thread. */
    void wake() {
        clients.wake();
        woken.release();
    }

    /** What to say of a quota: nothing, unless there was a throttled fetch lately. */
    String throttling() {
        return quota.suffix();
    }

    /** Polls once; not to be called while it is empty. Who was closed, or ends by what comes of it, has left when this returns. */
    void turn() {
        try {
            assignIfDue();
            leaders.hear(followers);
            ask();
            dropEnded();
            if (!isEmpty()) {
                share(poll());
                if (seekAgain) {
                    followers.values().forEach(this::seek);
                    seekAgain = false;
                }
                if (refused.suspected()) {
                    followers.values().forEach(this::doubt);
                }
                renewWhatIsNoGood();
            }
        } catch (Throwable e) { // nobody knows whom it concerns, nor what the consumer is good for now
            followers.values().forEach(follower -> follower.end(e));
            joining.forEach(follower -> follower.end(e));
            joining.clear();
        }
        dropEnded();
    }

    private void dropEnded() {
        anyLeft |= followers.values().removeIf(follower -> follower.ended().isDone());
    }

    private void assignIfDue() {
        if ((anyLeft || !joining.isEmpty()) && System.nanoTime() - nextAssign >= 0) {
            assign();
        }
    }

    private Duration untilNextTurn() {
        if (anyLeft || !joining.isEmpty()) {
            return Duration.ofNanos(Math.max(0, nextAssign - System.nanoTime()));
        }
        return followers.values().stream().anyMatch(Follower::isAsking) ? POLL_WHILE_ASKING : POLL;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        if (clients.consumer().assignment().isEmpty()) { // no partition has a leader, and Kafka refuses to poll nothing
            pause();
            return ConsumerRecords.empty();
        }
        Polled polled = new Polled();
        try {
            boolean more = polled.add(clients.consumer().poll(untilNextTurn()));
            while (more) {
                more = polled.add(clients.consumer().poll(Duration.ZERO));
            }
        } catch (WakeupException e) {
            return polled.all(); // somebody joins or leaves
        } catch (OffsetOutOfRangeException e) {
            end(topics(e.partitions()), follower -> follower.end(e));
        } catch (TopicAuthorizationException e) {
            end(e.unauthorizedTopics(), follower -> follower.end(e));
        } catch (InvalidTopicException e) {
            end(e.invalidTopics(), follower -> follower.end(e));
        } catch (KafkaException e) {
            end(Unreadable.topics(clients.consumer().assignment(), e), follower -> follower.endUnreadable(e));
        } catch (LinkageError | OutOfMemoryError e) {
            end(Unreadable.topicsToRead(clients.consumer()), follower -> follower.endUnreadable(e));
            seekAgain = true; // the consumer may have lost records that it had read of others
        }
        return polled.all();
    }

    private void pause() {
        try {
            if (woken.tryAcquire(untilNextTurn().toNanos(), TimeUnit.NANOSECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** A consumer waits long for a connection that has died unnoticed, and asks a broker that was replaced again. */
    private void renewWhatIsNoGood() {
        Duration silent = fetchSilence.look();
        boolean suspected = silent.compareTo(suspicion) > 0;
        if (suspected && !silenceSuspected) {
            followers.values().forEach(Follower::askSoon);
        }
        silenceSuspected = suspected;
        if (silent.compareTo(silence) > 0 && followers.values().stream().anyMatch(Follower::isBehind) && mayRenew()) {
            logger.info(
                    "A broker has not answered a fetch for {} ms: following by another connection", silent.toMillis());
            renewConsumer();
        }
        namesOfSilent.ask(followers.values());
        if (followers.values().stream().anyMatch(Follower::wasAnsweredByAnOutdatedLeader) && mayRenew()) {
            clients.renew(leaders.newestKnownAt());
            begin();
        }
    }

    private boolean mayRenew() {
        long now = System.nanoTime();
        if (now - nextRenewal < 0) {
            return false;
        }
        nextRenewal = now + RENEW_EVERY_NANOS;
        return true;
    }

    private void renewConsumer() {
        clients.renewConsumer();
        begin();
    }

    private void begin() {
        refused = new RefusedFetches(clients.consumer());
        fetchSilence = new FetchSilence(clients.consumer());
        quota = new Quota(clients.consumer());
        clients.consumer().assign(partitions());
        followers.values().forEach(this::seek);
    }

    private List<TopicPartition> partitions() {
        return followers.values().stream()
                .flatMap(follower -> follower.partitions().stream())
                .toList();
    }

    private void seek(Follower follower) {
        follower.partitions().forEach(partition -> clients.consumer().seek(partition, follower.start(partition)));
        fetchWhatIsToBeFetched(follower);
    }

    /** Keeps the positions of the partitions that were assigned already. */
    private void assign() {
        List<Follower> joined = List.copyOf(joining);
        joining.clear();
        for (Follower follower : joined) {
            Follower before = followers.put(follower.topic().name(), follower);
            if (before != null) {
                before.end(new StoppedException());
            }
        }
        clients.consumer().assign(partitions());
        joined.forEach(this::seek); // one of the same topic may have rested
        anyLeft = false;
        nextAssign = System.nanoTime() + ASSIGN_EVERY_NANOS;
    }

    private void end(Collection<String> topics, java.util.function.Consumer<Follower> how) {
        for (String topic : topics) {
            Follower follower = followers.get(topic); // it may have left already
            if (follower != null) {
                how.accept(follower);
            }
        }
        nextAssign = System.nanoTime(); // or the next poll would throw it again
    }

    private void share(ConsumerRecords<byte[], byte[]> records) {
        Set<TopicPartition> moved = records.nextOffsets().keySet();
        if (!records.isEmpty() || !moved.isEmpty()) {
            Set<String> topics = topics(moved);
            topics.addAll(topics(records.partitions())); // an interceptor may tell of records only
            for (String topic : topics) {
                Follower follower = followers.get(topic);
                if (follower != null) {
                    letOneAlone(follower, one -> one.take(records));
                }
            }
        }
    }

    private void ask() {
        for (Follower follower : followers.values()) {
            letOneAlone(follower, this::hear);
        }
        long now = System.nanoTime();
        if (followers.values().stream().anyMatch(Follower::wasUnanswered) && now - nextAdminRenewal >= 0) {
            nextAdminRenewal = now + RENEW_ADMIN_EVERY_NANOS;
            clients.renewAdmin(); // before anything is asked again: its connection may have died unnoticed
        }
        if (followers.values().stream().anyMatch(follower -> isDue(follower, now))) {
            List<Follower> due = followers.values().stream()
                    .filter(follower -> isDue(follower, now + TOGETHER_NANOS))
                    .toList();
            List<CompletableFuture<LogBounds>> answers =
                    clients.probe().ask(due.stream().map(Follower::topic).toList());
            for (int i = 0; i < due.size(); i++) {
                due.get(i).asks(answers.get(i));
            }
            leaders.ask(followers.values());
        }
    }

    private static boolean isDue(Follower follower, long nanoTime) {
        return !follower.ended().isDone() && follower.isDueBy(nanoTime);
    }

    private void doubt(Follower follower) {
        follower.doubt();
        fetchWhatIsToBeFetched(follower);
    }

    private void hear(Follower follower) {
        Set<TopicPartition> unfetched = follower.unfetched();
        follower.hear(partition -> Positions.of(clients.consumer(), partition).orElse(follower.position(partition)));
        if (!follower.unfetched().equals(unfetched)) {
            fetchWhatIsToBeFetched(follower);
        }
    }

    private void fetchWhatIsToBeFetched(Follower follower) {
        Set<TopicPartition> unfetched = follower.unfetched();
        clients.consumer().resume(follower.partitions());
        clients.consumer().pause(unfetched);
    }

    private static void letOneAlone(Follower follower, java.util.function.Consumer<Follower> step) {
        if (!follower.ended().isDone()) {
            try {
                step.accept(follower);
            } catch (Throwable e) { // whatever it is: the others go on
                follower.end(e);
            }
        }
    }

    private static Set<String> topics(Collection<TopicPartition> partitions) {
        Set<String> topics = new HashSet<>();
        partitions.forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    @Override
    public void close() {
        clients.close();
    }
}

package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Polls one consumer for all its followers, each of another topic, and asks the broker about all of them together. An
 * event of one follower ends only that follower. A failure of the consumer ends all of them. For one thread; only
 * {@link #wake} is for all.
 */
final class FollowLoop {

    private final FollowClients clients;
    private final Semaphore woken = new Semaphore(0);
    private final LeaderWatch leaders;
    private final SilentBrokerNames silentBrokerNames = new SilentBrokerNames();
    private final ClientWatch watch;
    private final Members members = new Members();
    private final ConsumerFailures failures;

    /** Also takes the clients, which the caller closes. */
    FollowLoop(FollowClients clients) {
        this.clients = clients;
        this.leaders = new LeaderWatch(clients);
        this.watch = new ClientWatch(clients);
        this.failures = new ConsumerFailures(clients, members);
    }

    /** Adds a follower. An earlier follower of the same topic must be closed; it ends. */
    void add(Follower follower) {
        members.add(follower);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Ends a wait for records. May be called from any thread. */
    void wake() {
        clients.wake();
        woken.release();
    }

    /** A note on a quota for the progress; empty unless a fetch was throttled lately. */
    String throttling() {
        return watch.throttling();
    }

    /**
     * Polls once. Do not call it while there is no follower. Closed or ended followers are removed before this returns.
     */
    void turn() {
        try {
            assignIfDue();
            watch.beginTurn();
            if (watch.isDue()) {
                ask();
                leaders.onAnswer(members.byTopic()); // after the leaders' own answers, which would cover up the verdict
                members.dropEnded();
            }
            if (!isEmpty()) {
                Polled polled = poll();
                members.dropEnded();
                share(polled);
                watch.polled(polled.isEmpty());
                if (failures.haveLostRecords()) {
                    members.all().forEach(follower -> seek(follower, Map.of()));
                }
                if (watch.isDue()) {
                    checkClients();
                }
            }
        } catch (Throwable e) { // nobody knows which follower it concerns, or whether the consumer still works
            members.fail(e);
        }
        members.dropEnded();
    }

    private void checkClients() {
        if (watch.suspectsLogs()) {
            members.all().forEach(this::suspect);
        }
        silentBrokerNames.ask(members.all());
        if (watch.renewConsumerIfOfNoUse(members.all(), leaders::newestKnownAt)) {
            clients.consumer().assign(members.partitions());
            members.all().forEach(follower -> seek(follower, Map.of()));
        }
    }

    /** Keeps the positions of the partitions that were assigned already. */
    private void assignIfDue() {
        if (members.isAssignmentOutdated() && members.untilAssignment().isZero()) {
            List<Follower> joined = members.admit();
            Map<TopicPartition, Long> positions = clients.lookedBackTo();
            clients.consumer().assign(members.partitions());
            joined.forEach(follower -> seek(follower, positions));
        }
    }

    private Duration untilNextTurn() {
        if (members.isAssignmentOutdated()) {
            return members.untilAssignment();
        }
        Duration least = BrokerQuestion.RAREST_LOOK;
        for (Follower follower : members.all()) {
            Duration look = follower.question().untilNextLook();
            least = look.compareTo(least) < 0 ? look : least;
        }
        return least;
    }

    private Polled poll() {
        Polled polled = new Polled(clients.consumer(), clients.mostAtOnce());
        if (clients.consumer().assignment().isEmpty()) { // no partition has a leader, and Kafka refuses to poll nothing
            pause();
            return polled;
        }
        return failures.during(
                () -> {
                    boolean more = polled.add(clients.consumer().poll(untilNextTurn()));
                    while (more) {
                        more = polled.add(clients.consumer().poll(Duration.ZERO));
                    }
                    return polled;
                },
                polled);
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

    /** A consumer that is in place goes on with the fetch that it has sent. */
    private void seek(Follower follower, Map<TopicPartition, Long> positions) {
        follower.partitions().stream()
                .filter(partition ->
                        !Long.valueOf(follower.start(partition).offset()).equals(positions.get(partition)))
                .forEach(partition -> clients.consumer().seek(partition, follower.start(partition)));
        pauseUnfetched(follower); // an earlier follower of the same topic may have been paused
    }

    private void share(Polled polled) {
        for (String topic : polled.topics()) {
            Follower follower = members.byTopic().get(topic);
            if (follower != null) {
                isolate(follower, one -> one.take(polled));
                follower.unverified()
                        .behind()
                        .forEach(partition -> clients.consumer().seek(partition, follower.start(partition)));
            }
        }
    }

    private void ask() {
        for (Follower follower : members.all()) {
            isolate(follower, this::onAnswer);
        }
        watch.renewAdminIfUnanswered(members.all());
        List<Follower> due = BrokerQuestion.due(members.all());
        if (!due.isEmpty()) {
            List<CompletableFuture<TopicBounds>> answers =
                    clients.ask(due.stream().map(Follower::topic).toList());
            for (int i = 0; i < due.size(); i++) {
                due.get(i).asks(answers.get(i));
            }
            leaders.ask(members.all());
        }
    }

    private void suspect(Follower follower) {
        follower.suspect();
        pauseUnfetched(follower);
    }

    private void onAnswer(Follower follower) {
        Set<TopicPartition> unfetched = follower.unfetched();
        follower.onAnswer(partition -> failures.during(
                        () -> Positions.of(clients.consumer(), partition), OptionalLong.empty())
                .orElse(follower.start(partition).offset()));
        follower.unverified().due().forEach(clients.consumer()::seek);
        if (!follower.unfetched().equals(unfetched)) {
            pauseUnfetched(follower);
        }
    }

    private void pauseUnfetched(Follower follower) {
        Set<TopicPartition> unfetched = follower.unfetched();
        clients.consumer().resume(follower.partitions());
        clients.consumer().pause(unfetched);
    }

    private static void isolate(Follower follower, java.util.function.Consumer<Follower> step) {
        if (!follower.ended().isDone()) {
            try {
                step.accept(follower);
            } catch (Throwable e) { // whatever it is: the others go on
                follower.fail(e);
            }
        }
    }
}

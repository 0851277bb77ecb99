package io.github.lateststate.kafka;

import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * The followers of a {@link FollowLoop}, each of another topic. It also holds those that wait until the consumer is
 * assigned their partitions. Kafka logs each assignment in one line that names all partitions. So followers that come
 * and go at about the same time share an assignment.
 */
final class Members {

    private static final long ASSIGN_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Map<String, Follower> byTopic = new HashMap<>();
    private final List<Follower> joining = new ArrayList<>();
    private boolean anyLeft;
    private long nextAssign = System.nanoTime();

    /** Adds a follower, which joins with the next assignment. */
    void add(Follower follower) {
        joining.add(follower);
    }

    boolean isEmpty() {
        return byTopic.isEmpty() && joining.isEmpty();
    }

    /** The followers that have joined. */
    Collection<Follower> all() {
        return Collections.unmodifiableCollection(byTopic.values());
    }

    /** The same, by topic. */
    Map<String, Follower> byTopic() {
        return Collections.unmodifiableMap(byTopic);
    }

    /** The partitions to assign. */
    List<TopicPartition> partitions() {
        return byTopic.values().stream()
                .flatMap(follower -> follower.partitions().stream())
                .toList();
    }

    /** Removes followers that have ended or were closed. */
    void dropEnded() {
        anyLeft |= byTopic.values().removeIf(Follower::isOver);
    }

    /** Whether the assigned partitions differ from those of the members. */
    boolean isAssignmentOutdated() {
        return anyLeft || !joining.isEmpty();
    }

    /** How long to wait for others that come or go; zero if the wait is over. */
    Duration untilAssignment() {
        return Duration.ofNanos(Math.max(0, nextAssign - System.nanoTime()));
    }

    /** Ends the wait for others. */
    void assignSoon() {
        nextAssign = System.nanoTime();
    }

    /**
     * Lets waiting followers join. A new follower replaces an earlier one of the same topic.
     *
     * @return those that have joined now
     */
    List<Follower> admit() {
        List<Follower> joined = List.copyOf(joining);
        joining.clear();
        for (Follower follower : joined) {
            Follower before = byTopic.put(follower.topic().name(), follower);
            if (before != null) {
                before.fail(new StoppedException());
            }
        }
        anyLeft = false;
        nextAssign = System.nanoTime() + ASSIGN_EVERY_NANOS;
        return joined;
    }

    /** Ends all followers, including those that wait. */
    void fail(Throwable cause) {
        byTopic.values().forEach(follower -> follower.fail(cause));
        joining.forEach(follower -> follower.fail(cause));
        joining.clear();
    }
}

package io.github.lateststate.kafka;

import java.util.Collection;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Decides which followers end if their consumer throws. Any call that may talk to a broker throws what the consumer has
 * found out in the background, about any partition. If it names no topic, it may concern each follower, and the consumer
 * may no longer work: all followers end. For the thread of the loop.
 */
final class ConsumerFailures {

    private final FollowClients clients;
    private final Members members;
    private boolean lostRecords;

    ConsumerFailures(FollowClients clients, Members members) {
        this.clients = clients;
        this.members = members;
    }

    /** Makes a call of the consumer. Returns {@code otherwise} if it throws. */
    <V> V during(Supplier<V> call, V otherwise) {
        try {
            return call.get();
        } catch (WakeupException e) {
            return otherwise; // a follower joins or leaves
        } catch (OffsetOutOfRangeException e) {
            end(topics(e), follower -> follower.endOutOfRange(e));
        } catch (TopicAuthorizationException e) {
            end(e.unauthorizedTopics(), follower -> follower.fail(e));
        } catch (InvalidTopicException e) {
            end(e.invalidTopics(), follower -> follower.fail(e));
        } catch (KafkaException e) {
            Collection<String> topics = Unreadable.topics(clients.consumer().assignment(), e);
            if (topics.isEmpty()) {
                members.fail(e);
            } else {
                end(topics, follower -> follower.endUnreadable(e));
            }
        } catch (LinkageError | OutOfMemoryError e) {
            lostRecords = true;
            end(Unreadable.topicsToRead(clients.consumer()), follower -> follower.endUnreadable(e));
        }
        return otherwise;
    }

    /** Whether the consumer may have lost records that it had read for followers that go on. Returns it once. */
    boolean haveLostRecords() {
        boolean lost = lostRecords;
        lostRecords = false;
        return lost;
    }

    private static Collection<String> topics(OffsetOutOfRangeException e) {
        return e.partitions().stream()
                .map(partition -> partition.topic())
                .distinct()
                .toList();
    }

    private void end(Collection<String> topics, java.util.function.Consumer<Follower> how) {
        for (String topic : topics) {
            Follower follower = members.byTopic().get(topic); // it may have left already
            if (follower != null) {
                how.accept(follower);
            }
        }
        members.assignSoon(); // else the next call would throw it again
    }
}

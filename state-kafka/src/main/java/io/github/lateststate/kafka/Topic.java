package io.github.lateststate.kafka;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * A topic as the broker describes it. A topic that is deleted and created again has another id.
 *
 * @param name its name
 * @param id its id; {@link Uuid#ZERO_UUID} at a broker that knows none
 * @param size how many partitions it has
 */
record Topic(String name, Uuid id, int size) {

    /** What a subscription to it does, for people. */
    String followed() {
        return "following " + size + " partition" + (size == 1 ? "" : "s");
    }

    List<TopicPartition> partitions() {
        return IntStream.range(0, size)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }
}

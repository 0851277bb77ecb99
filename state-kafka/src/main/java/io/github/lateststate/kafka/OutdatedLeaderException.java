package io.github.lateststate.kafka;

import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;

/** Reports that a leader answered that was replaced and does not know it. Its log proves nothing. */
final class OutdatedLeaderException extends KafkaException {

    private static final long serialVersionUID = 1L;

    private final transient List<Node> others;

    /**
     * Names the brokers to ask instead.
     *
     * @param others the other brokers that hold partitions of the topic, as far as they are known
     */
    OutdatedLeaderException(String message, List<Node> others) {
        super(message);
        this.others = List.copyOf(others);
    }

    /**
     * The settings of clients that begin at the other brokers. Each client chooses the broker that it begins at by
     * itself, and would choose the outdated leader again and again.
     *
     * @return the given settings if no other broker is known
     */
    KafkaSettings elsewhere(KafkaSettings settings) {
        return others.isEmpty() ? settings : settings.at(others);
    }
}

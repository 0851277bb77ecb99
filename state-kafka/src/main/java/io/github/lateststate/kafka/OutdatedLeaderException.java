package io.github.lateststate.kafka;

import org.apache.kafka.common.KafkaException;

/** Reports that a leader answered that was replaced and does not know it. Its log proves nothing. */
final class OutdatedLeaderException extends KafkaException {

    private static final long serialVersionUID = 1L;

    OutdatedLeaderException(String message) {
        super(message);
    }
}

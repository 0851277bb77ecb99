package io.github.lateststate.kafka;

import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Explains what is wrong and what to do, and whether a retry can help. It repeats no value of a setting except the
 * brokers' addresses.
 */
final class Explanations {

    private Explanations() {}

    static KafkaException of(Throwable thrown, KafkaSettings settings) {
        Throwable cause = Causes.of(thrown);
        if (Causes.isTopicMissing(cause)) {
            return new KafkaException("The topic '" + settings.topic() + "' does not exist at " + settings.brokers()
                    + ". Waiting for it: create it, or set " + KafkaSettings.CREATE_TOPIC + "=true.");
        }
        Redaction redaction = settings.redaction();
        Throwable shown = redaction.of(Causes.bare(cause));
        return new KafkaException(
                what(cause, settings) + " (" + redaction.of(Causes.described(Causes.bare(cause))) + ")", shown);
    }

    /** Whether no retry can help. */
    static boolean isFinal(Throwable thrown) {
        return Causes.has(thrown, InvalidTopicException.class)
                || Causes.has(thrown, UnsupportedVersionException.class)
                || thrown instanceof LinkageError;
    }

    private static String what(Throwable cause, KafkaSettings settings) {
        String brokers = settings.brokers();
        String topic = "topic '" + settings.topic() + "'";
        if (Causes.has(cause, SaslAuthenticationException.class)) {
            return brokers + " refuses the credentials: check sasl.jaas.config and sasl.mechanism";
        }
        if (Causes.has(cause, SslAuthenticationException.class)) {
            return "No TLS with " + brokers
                    + ": check ssl.truststore.location, ssl.keystore.location and the host name";
        }
        if (Causes.has(cause, AuthorizationException.class)) {
            String right = MissingRight.of(cause);
            return "A right is missing at " + brokers + ": grant this user " + right + " on " + topic
                    + (right.equals(MissingRight.DESCRIBE) ? "; READ includes it, unless an ACL denies it" : "");
        }
        if (Causes.has(cause, OutOfMemoryError.class)) {
            return "Memory ran out while reading " + topic + ", with a heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB; each retry reads less. If this continues, one record is too large: give this"
                    + " process more heap, or publish a smaller record";
        }
        if (Causes.has(cause, InvalidTopicException.class)) {
            return "The name of " + topic + " is not valid: fix it";
        }
        if (Causes.has(cause, UnsupportedVersionException.class)) {
            return brokers + " is too old for this version of kafka-clients: update the broker";
        }
        Optional<SilentBrokers> silent = Causes.find(cause, SilentBrokers.class);
        if (silent.isPresent()) {
            return "No answer from " + silent.get().addresses() + ", which " + brokers + " advertises for " + topic
                    + ": check advertised.listeners, the name and the network";
        }
        if (Causes.has(cause, TimeoutException.class)) {
            return "No answer from " + brokers + " about " + topic + ": check bootstrap.servers and the network";
        }
        return "Unexpected error with " + topic + " at " + brokers;
    }
}

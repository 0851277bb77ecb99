package io.github.lateststate.kafka;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in words a person can act on what is wrong, and whether a retry can mend it. */
final class Trouble {

    private Trouble() {}

    static KafkaException explained(Throwable thrown, KafkaSettings settings) {
        Throwable cause = Causes.of(thrown);
        return new KafkaException(what(cause, settings) + " (" + Causes.described(cause) + ")", cause);
    }

    /** Whether no retry can mend it. */
    static boolean isFinal(Throwable thrown) {
        return Causes.has(thrown, InvalidTopicException.class)
                || Causes.has(thrown, UnsupportedVersionException.class)
                || thrown instanceof LinkageError;
    }

    private static String what(Throwable cause, KafkaSettings settings) {
        String brokers = settings.bootstrapServers();
        String topic = "topic '" + settings.topic() + "'";
        if (Causes.has(cause, SaslAuthenticationException.class)) {
            return brokers + " refuses the credentials: check sasl.jaas.config and sasl.mechanism";
        }
        if (Causes.has(cause, SslAuthenticationException.class)) {
            return "No TLS with " + brokers
                    + ": check ssl.truststore.location, ssl.keystore.location and the host name";
        }
        if (Causes.has(cause, AuthorizationException.class)) {
            return "A right is missing at " + brokers + ": grant this user READ on " + topic;
        }
        if (Causes.has(cause, InvalidTopicException.class)) {
            return "The " + topic + " cannot exist: mend its name";
        }
        if (Causes.has(cause, UnsupportedVersionException.class)) {
            return brokers + " is too old for this client";
        }
        if (Causes.has(cause, TimeoutException.class)) {
            return "No answer from " + brokers + " about " + topic;
        }
        return "Trouble with " + topic + " at " + brokers;
    }
}

package io.github.lateststate.kafka;

import io.github.lateststate.engine.Failures;
import io.github.lateststate.spi.UndecidedException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds the causes of an exception. */
final class Causes {

    private Causes() {}

    /** Removes what futures wrap around an exception. */
    static Throwable of(Throwable thrown) {
        return Failures.unwrapped(thrown);
    }

    /** The original exception, without the explanation that this package added. */
    static Throwable bare(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof MissingRight || cause instanceof SilentBrokers) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The exception and all its causes. Kafka often names the wrong file or address only in a cause. */
    static String described(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        for (Throwable cause : chain(thrown)) {
            if (text.indexOf(cause.toString()) < 0) {
                text.append(", because of ").append(cause);
            }
        }
        return text.toString();
    }

    /** Whether credentials or rights are wrong. Someone must fix them, so it is retried slowly. */
    static boolean isDenied(Throwable thrown) {
        return has(thrown, AuthenticationException.class) || has(thrown, AuthorizationException.class);
    }

    static boolean isTopicMissing(Throwable thrown) {
        return has(thrown, UnknownTopicOrPartitionException.class);
    }

    /** Whether it concerns one topic or its decoder. The clients are still good then. */
    static boolean isOfTopic(Throwable thrown) {
        return isTopicMissing(thrown)
                || has(thrown, UndecidedException.class)
                || has(thrown, TopicAuthorizationException.class)
                || has(thrown, InvalidTopicException.class);
    }

    /** The exception and its causes, outermost first. */
    static List<Throwable> chain(Throwable thrown) {
        return Failures.chain(thrown);
    }

    static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return Failures.find(thrown, type).isPresent();
    }

    /** The outermost exception of a type. */
    static <E extends Throwable> Optional<E> find(Throwable thrown, Class<E> type) {
        return Failures.find(thrown, type);
    }
}

package io.github.lateststate.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Adds the refused operation to a refusal, because Kafka names only the resource. */
final class MissingRight extends KafkaException {

    static final String CREATE = "CREATE";
    static final String DESCRIBE = "DESCRIBE";
    static final String READ = "READ";

    private static final long serialVersionUID = 1L;

    private final String right;

    private MissingRight(String right, Throwable refusal) {
        super("no right to " + right, refusal);
        this.right = right;
    }

    /** The same answer. If it is a refusal, it names this right. */
    static <V> CompletableFuture<V> named(String right, CompletableFuture<V> answer) {
        return answer.exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                Causes.has(thrown, AuthorizationException.class)
                        ? new MissingRight(right, Causes.of(thrown))
                        : Causes.of(thrown)));
    }

    /** The missing right. A consumer's refusal does not name it: only a fetch gets that far. */
    static String of(Throwable thrown) {
        return Causes.find(thrown, MissingRight.class)
                .map(missing -> missing.right)
                .orElse(READ);
    }
}

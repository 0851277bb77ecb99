package io.github.lateststate.kafka;

import java.util.Optional;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads bytes for a consumer, and learns from its metadata which cluster it reads from. Thread-safe. */
final class ClusterListener extends ByteArrayDeserializer implements ClusterResourceListener {

    private volatile @Nullable String cluster;
    private volatile boolean answered;
    private volatile Runnable onLaterAnswer = () -> {};

    /** The id in the newest answer; empty if there is none. */
    Optional<String> cluster() {
        return Optional.ofNullable(cluster);
    }

    /** Is told of each answer after the first, on a thread of the consumer. */
    void onLaterAnswer(Runnable listener) {
        onLaterAnswer = listener;
    }

    @Override
    public void onUpdate(ClusterResource answer) {
        cluster = answer.clusterId();
        if (answered) {
            onLaterAnswer.run();
        }
        answered = true;
    }
}

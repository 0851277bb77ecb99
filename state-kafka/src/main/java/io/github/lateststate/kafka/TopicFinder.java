package io.github.lateststate.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the topic, or creates a missing one if the settings ask for that. */
final class TopicFinder {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    /** At most 256 MiB in segments of 64 MiB. The last segment, and so the last record, is always kept. */
    private static final Map<String, String> CREATED_WITH = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "268435456",
            TopicConfig.SEGMENT_BYTES_CONFIG, "67108864");

    private static final Executor VISIBLE_LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    private final KafkaSettings settings;
    private final Supplier<Admin> admin;
    private final LookBackProbe probe;

    TopicFinder(KafkaSettings settings, Supplier<Admin> admin, LookBackProbe probe) {
        this.settings = settings;
        this.admin = admin;
        this.probe = probe;
    }

    /** Asks for the topic, once. Does not block; a missing topic is an {@code UnknownTopicOrPartitionException}. */
    CompletableFuture<Topic> find() {
        CompletableFuture<Topic> found = probe.describe();
        return settings.createTopic() ? found.exceptionallyCompose(this::createIfMissing) : found;
    }

    private CompletableFuture<Topic> createIfMissing(Throwable thrown) {
        if (!Causes.isTopicMissing(thrown)) {
            return CompletableFuture.failedFuture(thrown);
        }
        NewTopic topic = new NewTopic(settings.topic(), Optional.of(1), Optional.empty()).configs(CREATED_WITH);
        return MissingRight.named(
                        MissingRight.CREATE,
                        AdminQuestions.within(
                                LookBackProbe.PATIENCE,
                                admin.get()
                                        .createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs((int)
                                                        LookBackProbe.PATIENCE.toMillis()))
                                        .all()))
                .handle((done, failed) -> {
                    if (failed == null) {
                        logger.info("Created topic '{}' with one partition", settings.topic());
                    } else if (Causes.of(failed) instanceof TopicExistsException) {
                        logger.debug("Another one created topic '{}'", settings.topic());
                    } else {
                        throw new CompletionException(Causes.of(failed));
                    }
                    return null;
                })
                .thenCompose(done -> created());
    }

    /**
     * Waits until the topic is known. The broker that is asked may not know it yet. Its leader may not know yet that it
     * leads: if the admin client asks for an end, it waits for that in silence; if it asks anything else, it logs an
     * error.
     */
    private CompletableFuture<Topic> created() {
        return probe.describe()
                .thenCompose(topic -> probe.awaitLeaders(topic).thenApply(led -> topic))
                .exceptionallyCompose(thrown -> Causes.isTopicMissing(thrown)
                        ? CompletableFuture.runAsync(() -> {}, VISIBLE_LATER).thenCompose(later -> created())
                        : CompletableFuture.failedFuture(thrown));
    }
}

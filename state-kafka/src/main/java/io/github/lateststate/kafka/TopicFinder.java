package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the topic; waits for one that is missing, or creates it where that was asked for. */
final class TopicFinder {

    private static final Logger log = LoggerFactory.getLogger(KafkaSubscriber.class);

    /** At most 256 MiB in segments of 64 MiB: the last segment, and so the last record, is always kept. */
    private static final Map<String, String> CREATED_WITH = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "268435456",
            TopicConfig.SEGMENT_BYTES_CONFIG, "67108864");

    private static final Duration CREATED_VISIBLE_AFTER = Duration.ofMillis(50);

    private final KafkaSettings settings;
    private final Admin admin;
    private final TopicProbe probe;
    private final StateSink sink;
    private final StopSignal stop;

    TopicFinder(KafkaSettings settings, Admin admin, TopicProbe probe, StateSink sink, StopSignal stop) {
        this.settings = settings;
        this.admin = admin;
        this.probe = probe;
        this.sink = sink;
        this.stop = stop;
    }

    /**
     * Blocks until the topic is there.
     *
     * @param firstAnswer the answer to a first question, already asked
     * @param progress is told what is being waited for
     */
    Topic find(CompletableFuture<Topic> firstAnswer, Consumer<String> progress) {
        CompletableFuture<Topic> answer = firstAnswer;
        progress.accept("asking " + settings.bootstrapServers() + " for topic '" + settings.topic() + "'");
        boolean created = false;
        while (true) {
            try {
                return stop.await(answer);
            } catch (KafkaException e) {
                if (!Causes.isTopicMissing(e)) {
                    throw e;
                }
            }
            if (created) {
                stop.pause(CREATED_VISIBLE_AFTER);
            } else if (settings.createTopic()) {
                create();
                created = true;
            } else {
                sink.interrupted(missing(settings));
                progress.accept("waiting for topic '" + settings.topic() + "' to be created");
                stop.pause(untilNextTry());
            }
            answer = probe.describe();
        }
    }

    /** What to say of a topic that does not exist. */
    static KafkaException missing(KafkaSettings settings) {
        return new KafkaException(
                "The topic '" + settings.topic() + "' does not exist at " + settings.bootstrapServers()
                        + ". Waiting for it: create it, or set " + KafkaSettings.CREATE_TOPIC + "=true.");
    }

    private static Duration untilNextTry() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(1_000, 2_000));
    }

    private void create() {
        NewTopic topic = new NewTopic(settings.topic(), Optional.of(1), Optional.empty()).configs(CREATED_WITH);
        try {
            stop.await(admin.createTopics(
                            List.of(topic), new CreateTopicsOptions().timeoutMs((int) TopicProbe.PATIENCE.toMillis()))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture());
            log.info("Created topic '{}' with one partition", settings.topic());
        } catch (TopicExistsException e) {
            log.debug("Another one created topic '{}'", settings.topic());
        }
    }
}

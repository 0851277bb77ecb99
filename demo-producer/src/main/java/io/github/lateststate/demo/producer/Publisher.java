package io.github.lateststate.demo.producer;

import java.util.Map;

/** Where the messages go: one stream of one broker. */
public interface Publisher extends AutoCloseable {

    /**
     * Connects to the stream that the environment names, or else to the topic {@code state} on this machine. Blocks for a few
     * seconds at most.
     *
     * @throws NotPublishedException if the environment is contradictory, the broker is away, or there is no such stream
     */
    static Publisher connect(Map<String, String> env) {
        boolean kinesis = isSet(KinesisEnvironment.STREAM, env);
        if (kinesis && isSet(KafkaEnvironment.TOPIC, env)) {
            throw new NotPublishedException(
                    "Both KAFKA_TOPIC and KINESIS_STREAM are set: choose one, and unset the other.");
        }
        if (kinesis) {
            return KinesisPublisher.connect(KinesisEnvironment.of(env));
        }
        return KafkaPublisher.connect(KafkaEnvironment.of(env));
    }

    private static boolean isSet(String variable, Map<String, String> env) {
        return !env.getOrDefault(variable, "").isBlank();
    }

    /**
     * Sends one message and waits until the broker has acknowledged it.
     *
     * @throws NotPublishedException if it does not, within a few seconds
     */
    void publish(String message);

    @Override
    void close();
}

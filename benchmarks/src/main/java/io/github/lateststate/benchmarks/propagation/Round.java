package io.github.lateststate.benchmarks.propagation;

import io.github.lateststate.benchmarks.followers.Follower;
import io.github.lateststate.benchmarks.followers.OurState;
import io.github.lateststate.benchmarks.followers.Way;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** New clients side by side on an empty topic, and some messages. The first few messages are not measured. */
final class Round implements AutoCloseable {

    private static final int LONGEST_PAUSE_MICROS = 20_000;

    private final String bootstrapServers;
    private final String topic;
    private final KafkaProducer<String, String> producer;
    private final Random random;
    private final int messages;
    private final long[] sent;
    private final Sightings acknowledged;
    private final Sightings got;
    private final Sightings notified;
    private final Sightings looped;

    Round(String bootstrapServers, String topic, int messages) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.messages = messages;
        this.random = new Random(topic.hashCode());
        this.sent = new long[messages];
        this.acknowledged = new Sightings(messages);
        this.got = new Sightings(messages);
        this.notified = new Sightings(messages);
        this.looped = new Sightings(messages);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Runs it. The first one's fetch is at the broker before the other exists. */
    @SuppressWarnings("try") // followers are watched, not called
    List<Message> run(Way first, Way second, int warmUp) throws InterruptedException {
        send(0);
        try (Follower one = open(first)) {
            send(1);
            seenBy(first).await(1);
            try (Follower other = open(second)) {
                seenBy(second).await(1);
                for (int message = 2; message < messages; message++) {
                    send(message);
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(LONGEST_PAUSE_MICROS));
                }
                for (Sightings all : List.of(acknowledged, got, notified, looped)) {
                    all.await(messages - 1);
                }
            }
        }
        return IntStream.range(warmUp, messages).mapToObj(this::message).toList();
    }

    private void send(int message) {
        sent[message] = System.nanoTime();
        var unused = producer.send(new ProducerRecord<>(topic, Integer.toString(message)), (metadata, failure) -> {
            if (failure == null) {
                acknowledged.saw(message);
            } // else it is missed in the end
        });
    }

    private Follower open(Way way) throws InterruptedException {
        acknowledged.await(0); // the plain loop needs a record to begin with
        Map<String, String> settings = Map.of("bootstrap.servers", bootstrapServers);
        Follower opened = way == Way.OURS
                ? openOurs(settings)
                : way.open(settings, topic, value -> looped.saw(Integer.parseInt(value)));
        seenBy(way).await(0);
        return opened;
    }

    private Follower openOurs(Map<String, String> settings) {
        OurState ours = new OurState(settings, topic, value -> got.saw(Integer.parseInt(value)));
        ours.state()
                .listen(current -> notified.saw(Integer.parseInt(current.value().orElseThrow())));
        return ours;
    }

    private Sightings seenBy(Way way) {
        return way == Way.OURS ? got : looped;
    }

    private Message message(int message) {
        return new Message(
                sent[message], acknowledged.of(message), got.of(message), notified.of(message), looped.of(message));
    }

    @Override
    public void close() {
        producer.close();
    }
}

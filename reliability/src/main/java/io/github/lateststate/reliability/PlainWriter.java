package io.github.lateststate.reliability;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes to a topic without transactions. Some updates are not readable. */
final class PlainWriter extends Writer {

    private static final int TOGETHER = 10;

    private final String topic;
    private final Book book;
    private final String bootstrapServers;
    private final Random random;
    private final Duration interval;
    private KafkaProducer<byte[], byte[]> producer;

    PlainWriter(String topic, Book book, String bootstrapServers, Random random, Duration interval) {
        super(topic);
        this.topic = topic;
        this.book = book;
        this.bootstrapServers = bootstrapServers;
        this.random = random;
        this.interval = interval;
        producer = Producers.plain(bootstrapServers);
    }

    @Override
    void write() throws InterruptedException {
        for (int i = 0; i < TOGETHER; i++) {
            send();
        }
        TimeUnit.NANOSECONDS.sleep(interval.toNanos());
    }

    private void send() {
        Payload update = book.next(Fate.UNKNOWN, random.nextInt(10) > 0);
        try {
            var unused = producer.send(new ProducerRecord<>(topic, update.bytes()), (written, failure) -> {
                if (failure == null) {
                    book.placed(update, written.offset());
                    book.committed(List.of(update), System.nanoTime());
                }
            });
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            producer = Producers.plain(bootstrapServers);
        }
    }

    @Override
    void settle() {
        producer.flush();
    }

    @Override
    void release() {
        producer.close(Duration.ZERO);
    }
}

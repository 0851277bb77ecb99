package io.github.lateststate.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes to a topic in transactions. Some are aborted, and a few stay open for some seconds. */
final class TransactionalWriter extends Writer {

    private static final int MOST_UPDATES = 40;
    private static final int MOST_OPEN_SECONDS = 8;

    private final String topic;
    private final Book book;
    private final String bootstrapServers;
    private final Random random;
    private final Duration interval;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    TransactionalWriter(String topic, Book book, String bootstrapServers, Random random, Duration interval) {
        super(topic);
        this.topic = topic;
        this.book = book;
        this.bootstrapServers = bootstrapServers;
        this.random = random;
        this.interval = interval;
    }

    @Override
    void write() throws InterruptedException {
        List<Payload> updates = new ArrayList<>();
        boolean asked = false;
        try {
            KafkaProducer<byte[], byte[]> current = connected();
            current.beginTransaction();
            int count = 1 + random.nextInt(MOST_UPDATES);
            for (int i = 0; i < count; i++) {
                send(current, updates);
            }
            current.flush();
            TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            if (random.nextInt(100) == 0) {
                TimeUnit.SECONDS.sleep(1 + random.nextInt(MOST_OPEN_SECONDS));
            }
            if (random.nextInt(4) == 0) {
                book.aborted(updates);
                asked = true;
                current.abortTransaction();
            } else {
                book.commitRequested(updates);
                asked = true;
                current.commitTransaction();
                book.committed(updates, System.nanoTime());
            }
        } catch (KafkaException e) {
            if (!asked) {
                book.aborted(updates);
            }
            release();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Override
    void settle() {
        // each turn is a whole transaction
    }

    @Override
    void release() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private void send(KafkaProducer<byte[], byte[]> current, List<Payload> updates) {
        Payload update = book.next(Fate.OPEN, true);
        updates.add(update);
        var unused = current.send(new ProducerRecord<>(topic, update.bytes()), (written, failure) -> {
            if (failure == null) {
                book.placed(update, written.offset());
            }
        });
    }

    /** A new producer ends the transaction that an earlier one with its id has left open. */
    private KafkaProducer<byte[], byte[]> connected() {
        KafkaProducer<byte[], byte[]> current = producer;
        if (current == null) {
            current = Producers.transactional(bootstrapServers, topic);
            producer = current;
            current.initTransactions();
        }
        return current;
    }
}

package io.github.lateststate.benchmarks.followers;

import io.github.lateststate.kafka.KafkaSubscriber;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The subscriber for Kafka, watched from outside. It runs a callback on its own thread right after the state may have
 * changed.
 *
 * @param changed the callback
 */
record WatchedSubscriber(Runnable changed) implements LatestStateSubscriber {

    private static final KafkaSubscriber KAFKA = new KafkaSubscriber();

    @Override
    public String name() {
        return KAFKA.name();
    }

    @Override
    public Optional<String> streamIn(Map<String, String> env) {
        return KAFKA.streamIn(env);
    }

    @Override
    public Map<String, String> settingsIn(Map<String, String> env) {
        return KAFKA.settingsIn(env);
    }

    @Override
    public Subscription subscribe(SubscriptionSettings settings, StateSink sink) {
        return KAFKA.subscribe(settings, new WatchedSink(sink, changed));
    }

    private record WatchedSink(StateSink sink, Runnable changed) implements StateSink {

        @Override
        public boolean offer(StateRecord record) {
            boolean accepted = sink.offer(record);
            changed.run();
            return accepted;
        }

        @Override
        public boolean wants(StateRecord record) {
            return sink.wants(record);
        }

        @Override
        public void rejected(StateRecord record, Throwable cause) {
            sink.rejected(record, cause);
        }

        @Override
        public void replaced() {
            sink.replaced();
        }

        @Override
        public void retire(String partition) {
            sink.retire(partition);
            changed.run();
        }

        @Override
        public void caughtUp(long recordsRead) {
            sink.caughtUp(recordsRead);
            changed.run();
        }

        @Override
        public void contact(Duration age, boolean newerPending) {
            sink.contact(age, newerPending);
        }

        @Override
        public void interrupted(Throwable cause) {
            sink.interrupted(cause);
        }

        @Override
        public void failed(Throwable cause) {
            sink.failed(cause);
        }
    }
}

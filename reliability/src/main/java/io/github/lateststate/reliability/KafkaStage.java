package io.github.lateststate.reliability;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.lateststate.LatestStateBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Two topics, one of them written in transactions. */
final class KafkaStage implements Stage {

    private static final Duration INTERVAL = Duration.ofMillis(80);
    private static final int PATIENCE_SECONDS = 60;

    private final Brokers brokers;
    private final Admin admin;
    private final List<WrittenStream> streams;

    private KafkaStage(Brokers brokers, Admin admin, List<WrittenStream> streams) {
        this.brokers = brokers;
        this.admin = admin;
        this.streams = streams;
    }

    static KafkaStage on(Brokers brokers, long seed) throws Exception {
        String address = brokers.writersAddress();
        Admin admin = Admin.create(Map.of("bootstrap.servers", address));
        Book plain = new Book();
        Book transactional = new Book();
        KafkaStage stage = new KafkaStage(
                brokers,
                admin,
                List.of(
                        new WrittenStream(
                                "plain", plain, new PlainWriter("plain", plain, address, new Random(seed), INTERVAL)),
                        new WrittenStream(
                                "transactional",
                                transactional,
                                new TransactionalWriter(
                                        "transactional", transactional, address, new Random(seed + 1), INTERVAL))));
        for (WrittenStream stream : stage.streams) {
            stage.create(stream.name());
        }
        return stage;
    }

    @Override
    public List<WrittenStream> streams() {
        return streams;
    }

    @Override
    public LatestStateBuilder<Shown> follow(LatestStateBuilder<Shown> builder, boolean sharedClients) {
        builder.subscriber("kafka").setting("bootstrap.servers", brokers.statesAddress());
        return sharedClients ? builder.setting("state.share.clients", "true") : builder;
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(brokers.faults());
        for (WrittenStream stream : streams) {
            faults.add(Fault.momentary(
                    "topic " + stream.name() + " created again", Fault.Kind.LOG, () -> createAgain(stream)));
            faults.add(Fault.momentary(
                    "records of " + stream.name() + " deleted", Fault.Kind.LOG, () -> deleteRecords(stream)));
        }
        return faults;
    }

    @Override
    public List<String> leftovers(Set<String> groups) throws Exception {
        List<String> left = new ArrayList<>();
        if (brokers.connections() > 0) {
            left.add(brokers.connections() + " connections");
        }
        Collection<GroupListing> listed = admin.listGroups().all().get(PATIENCE_SECONDS, SECONDS);
        listed.stream()
                .map(GroupListing::groupId)
                .filter(groups::contains)
                .forEach(group -> left.add("group " + group));
        return left;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
        brokers.close();
    }

    private void create(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 1, brokers.replicas())))
                .all()
                .get(PATIENCE_SECONDS, SECONDS);
    }

    private void createAgain(WrittenStream stream) throws Exception {
        stream.writer().undisturbed(() -> {
            admin.deleteTopics(List.of(stream.name())).all().get(PATIENCE_SECONDS, SECONDS);
            stream.book().created();
            Again.until("creating " + stream.name(), Duration.ofSeconds(PATIENCE_SECONDS), () -> create(stream.name()));
        });
    }

    private void deleteRecords(WrittenStream stream) throws Exception {
        TopicPartition partition = new TopicPartition(stream.name(), 0);
        stream.writer().undisturbed(() -> {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(PATIENCE_SECONDS, SECONDS)
                    .offset();
            stream.book().deletedBefore(end);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end)))
                    .all()
                    .get(PATIENCE_SECONDS, SECONDS);
        });
    }
}

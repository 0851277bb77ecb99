package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One broker that is asked who leads partitions that it does not lead itself. Kafka's admin client sends such a
 * question to the broker that it is connected to, or to any broker if it has no connection. So a witness has its own
 * client, which is connected to one broker only. The client's metrics show whether it still is. Thread-safe. Nothing
 * here blocks.
 */
final class Witness implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private final int node;
    private final CompletableFuture<Admin> client;
    private final CompletableFuture<Admin> connected;

    /**
     * Connects to a broker.
     *
     * @param any a partition to ask about, so that there is a connection
     */
    Witness(Node broker, KafkaSettings settings, TopicPartition any, Aside aside) {
        this.node = broker.id();
        KafkaSettings own = settings.at(List.of(broker)).withGroup(settings.group() + "-witness-" + node);
        this.client = aside.supply(() -> KafkaClients.admin(own));
        this.connected = client.thenCompose(admin -> connect(admin, any));
    }

    boolean isAt(int broker) {
        return node == broker;
    }

    /**
     * The leaders of all partitions of these topics, except topics that the broker does not know. Fails if the broker
     * does not answer.
     */
    CompletableFuture<Map<TopicPartition, Integer>> leaders(Collection<Topic> topics) {
        return connected
                .thenCompose(admin -> leaders(admin, topics))
                .thenCombine(connected, (leaders, admin) -> requireAskedAlone(admin, leaders));
    }

    /** The brokers of the cluster, as this one knows them. */
    CompletableFuture<List<Node>> brokers() {
        return connected.thenCompose(admin -> brokers(admin, PATIENCE));
    }

    static CompletableFuture<List<Node>> brokers(Admin admin, Duration patience) {
        DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs((int) patience.toMillis());
        return Deadline.of(admin.describeCluster(options).nodes(), patience).thenApply(List::copyOf);
    }

    private CompletableFuture<Admin> connect(Admin admin, TopicPartition any) {
        DescribeProducersOptions options =
                new DescribeProducersOptions().brokerId(node).timeoutMs((int) PATIENCE.toMillis());
        return Deadline.of(admin.describeProducers(List.of(any), options).partitionResult(any), PATIENCE)
                .handle((state, refused) -> requireAnswer(admin, refused)); // a refusal is an answer
    }

    private static CompletableFuture<Map<TopicPartition, Integer>> leaders(Admin admin, Collection<Topic> topics) {
        List<Uuid> ids = topics.stream().map(Topic::id).distinct().toList();
        Map<Uuid, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        TopicCollection.ofTopicIds(ids),
                        new DescribeTopicsOptions().timeoutMs((int) PATIENCE.toMillis()))
                .topicIdValues();
        CompletableFuture<Map<TopicPartition, Integer>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (KafkaFuture<TopicDescription> answer : answers.values()) {
            CompletableFuture<Map<TopicPartition, Integer>> one = Deadline.of(answer, PATIENCE)
                    .thenApply(Topic::of)
                    .handle((topic, refused) -> refused == null ? leaders(topic) : requireAnswer(Map.of(), refused));
            all = all.thenCombine(one, (leaders, more) -> {
                leaders.putAll(more);
                return leaders;
            });
        }
        return all;
    }

    private static Map<TopicPartition, Integer> leaders(Topic topic) {
        return topic.led().stream().collect(Collectors.toMap(partition -> partition, topic::leader));
    }

    private static <V> V requireAnswer(V value, @Nullable Throwable refused) {
        if (refused != null && Causes.has(refused, TimeoutException.class)) {
            throw new KafkaException(Causes.of(refused));
        }
        return value;
    }

    /** If the connection was lost meanwhile, the client may have asked another broker. */
    private <V> V requireAskedAlone(Admin admin, V answer) {
        boolean othersAsked = admin.metrics().keySet().stream()
                .filter(metric -> metric.group().equals("admin-client-node-metrics"))
                .map(Witness::nodeOf)
                .anyMatch(asked -> asked >= 0 && asked != node); // below 0 are bootstrap addresses
        if (othersAsked) {
            throw new KafkaException(
                    "The connection to broker " + node + " was lost, so another broker may have answered");
        }
        return answer;
    }

    private static int nodeOf(MetricName metric) {
        return Integer.parseInt(metric.tags().getOrDefault("node-id", "node--1").substring("node-".length()));
    }

    @Override
    public void close() {
        client.thenAccept(KafkaClients::abandon).exceptionally(neverMade -> null);
    }
}

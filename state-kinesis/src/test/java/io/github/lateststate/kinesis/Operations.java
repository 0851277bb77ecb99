package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers the calls of one simulated stream, except SubscribeToShard. Thread-safe. */
final class Operations {

    private static final String ACCOUNT = "arn:aws:kinesis:us-east-1:000000000000:stream/";
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    private final ScriptedStream stream;
    private final Map<String, Map<String, String>> consumers = new LinkedHashMap<>(); // tags by name
    private int consumerQuota = 20;
    private int shardsPerPage = 1_000;

    Operations(ScriptedStream stream) {
        this.stream = stream;
    }

    synchronized void consumerQuota(int most) {
        consumerQuota = most;
    }

    synchronized void shardsPerPage(int most) {
        shardsPerPage = most;
    }

    synchronized Set<String> consumers() {
        return Set.copyOf(consumers.keySet());
    }

    /** Acts as if someone had deregistered them. */
    synchronized void forgetConsumers() {
        consumers.clear();
    }

    synchronized ObjectNode answer(String operation, JsonNode request, Wire wire) {
        ObjectNode answer = wire.object();
        switch (operation) {
            case "DescribeStreamSummary" -> describe(request, answer, wire);
            case "ListShards" -> listShards(request, answer, wire);
            case "GetShardIterator" -> {
                requireStream(request);
                answer.put("ShardIterator", iterator(request, wire));
            }
            case "GetRecords" -> getRecords(request, answer, wire);
            case "RegisterStreamConsumer" -> register(request, answer, wire);
            case "DescribeStreamConsumer" -> consumer(answer.putObject("ConsumerDescription"), named(request), wire);
            case "ListStreamConsumers" -> {
                ArrayNode all = answer.putArray("Consumers");
                consumers.keySet().forEach(name -> consumer(all.addObject(), name, wire));
            }
            case "DeregisterStreamConsumer" -> {
                tags(request);
                consumers.remove(named(request));
            }
            case "TagResource" -> tag(request);
            case "ListTagsForResource" -> {
                ArrayNode all = answer.putArray("Tags");
                tags(request)
                        .forEach((key, value) -> all.addObject().put("Key", key).put("Value", value));
            }
            default -> throw KinesisError.of("UnknownOperationException", operation);
        }
        return answer;
    }

    /** The iterator for a starting position of GetShardIterator or SubscribeToShard. */
    String iterator(String shard, String type, JsonNode position, Wire wire) {
        JsonNode time = position.get("Timestamp");
        JsonNode sequence = position.has("StartingSequenceNumber")
                ? position.get("StartingSequenceNumber")
                : position.get("SequenceNumber");
        return stream.iterator(
                shard,
                type,
                time == null ? null : wire.time(time),
                sequence == null ? null : new BigInteger(sequence.asText()));
    }

    private String iterator(JsonNode request, Wire wire) {
        return iterator(
                request.path("ShardId").asText(),
                request.path("ShardIteratorType").asText(),
                request,
                wire);
    }

    private void describe(JsonNode request, ObjectNode answer, Wire wire) {
        requireStream(request);
        ObjectNode summary = answer.putObject("StreamDescriptionSummary");
        summary.put("StreamName", stream.name())
                .put("StreamARN", ACCOUNT + stream.name())
                .put("StreamStatus", "ACTIVE")
                .put("RetentionPeriodHours", 8_760)
                .put("OpenShardCount", stream.openShards().size())
                .put("ConsumerCount", consumers.size());
        summary.putArray("EnhancedMonitoring");
        wire.time(summary, "StreamCreationTimestamp", Instant.EPOCH);
    }

    private void listShards(JsonNode request, ObjectNode answer, Wire wire) {
        List<ScriptedShard> all;
        int from = 0;
        JsonNode token = request.get("NextToken");
        if (token == null) {
            requireStream(request);
            JsonNode filter = request.path("ShardFilter");
            String type = filter.path("Type").asText("FROM_TRIM_HORIZON");
            all = stream.list(type, filter.has("Timestamp") ? wire.time(filter.get("Timestamp")) : null);
            token = wire.object().textNode(type);
        } else {
            if (request.has("StreamName")) {
                throw KinesisError.of("InvalidArgumentException", "NextToken and StreamName cannot be given together");
            }
            String[] parts = token.asText().split("/", -1);
            if (Instant.parse(parts[2]).plus(TOKEN_LIFE).isBefore(stream.now())) {
                throw KinesisError.of("ExpiredNextTokenException", "NextToken expired");
            }
            all = stream.list(parts[0], null);
            from = Integer.parseInt(parts[1]);
        }
        int to = Math.min(all.size(), from + shardsPerPage);
        answer.set("Shards", wire.shards(all.subList(from, to)));
        if (to < all.size()) {
            answer.put("NextToken", token.asText().split("/", -1)[0] + "/" + to + "/" + stream.now());
        }
    }

    private void getRecords(JsonNode request, ObjectNode answer, Wire wire) {
        ScriptedStream.Page page = stream.records(
                request.path("ShardIterator").asText(), request.path("Limit").asInt(10_000));
        answer.set("Records", wire.records(page.records()));
        answer.put("MillisBehindLatest", page.millisBehindLatest());
        if (page.next() != null) {
            answer.put("NextShardIterator", page.next());
        } else {
            answer.set("ChildShards", wire.children(page.children()));
        }
    }

    private void register(JsonNode request, ObjectNode answer, Wire wire) {
        String name = request.path("ConsumerName").asText();
        if (consumers.size() >= consumerQuota) {
            throw KinesisError.of("LimitExceededException", "Too many consumers");
        }
        if (consumers.putIfAbsent(name, new LinkedHashMap<>()) != null) {
            throw KinesisError.of("ResourceInUseException", "Consumer " + name + " exists");
        }
        tag(request);
        consumer(answer.putObject("Consumer"), name, wire);
    }

    private void tag(JsonNode request) {
        Map<String, String> tags = tags(request);
        request.path("Tags").forEachEntry((key, value) -> tags.put(key, value.asText()));
    }

    private Map<String, String> tags(JsonNode request) {
        String name = named(request);
        Map<String, String> tags = consumers.get(String.valueOf(name));
        if (tags == null) {
            throw KinesisError.of("ResourceNotFoundException", "There is no consumer " + name);
        }
        return tags;
    }

    private void consumer(ObjectNode node, @Nullable String name, Wire wire) {
        if (name == null || !consumers.containsKey(name)) {
            throw KinesisError.of("ResourceNotFoundException", "There is no consumer " + name);
        }
        node.put("ConsumerName", name)
                .put("ConsumerARN", ACCOUNT + stream.name() + "/consumer/" + name + ":1")
                .put("ConsumerStatus", "ACTIVE");
        wire.time(node, "ConsumerCreationTimestamp", Instant.EPOCH);
    }

    /** The consumer in a request, by its name or its ARN. */
    static @Nullable String named(JsonNode request) {
        if (request.has("ConsumerName")) {
            return request.get("ConsumerName").asText();
        }
        String arn = request.path(request.has("ResourceARN") ? "ResourceARN" : "ConsumerARN")
                .asText();
        int begin = arn.indexOf("/consumer/");
        return begin < 0 ? null : arn.substring(begin + "/consumer/".length(), arn.lastIndexOf(':'));
    }

    private void requireStream(JsonNode request) {
        String name = request.has("StreamName")
                ? request.get("StreamName").asText()
                : request.path("StreamARN").asText().replace(ACCOUNT, "");
        if (!name.equals(stream.name())) {
            throw KinesisError.of("ResourceNotFoundException", "Stream " + name + " under account 0 not found.");
        }
    }
}

package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.github.lateststate.kinesis.ScriptedShard.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Kinesis speaks two formats: JSON, and CBOR, which the SDK prefers. */
final class Wire {

    private static final Wire JSON = new Wire("application/x-amz-json-1.1", new ObjectMapper(), 1_000.0);
    private static final Wire CBOR = new Wire("application/x-amz-cbor-1.1", new CBORMapper(), 1.0);

    private final String contentType;
    private final ObjectMapper mapper;
    private final double millisPerUnit;

    private Wire(String contentType, ObjectMapper mapper, double millisPerUnit) {
        this.contentType = contentType;
        this.mapper = mapper;
        this.millisPerUnit = millisPerUnit;
    }

    static Wire of(String contentType) {
        return contentType.contains("cbor") ? CBOR : JSON;
    }

    String contentType() {
        return contentType;
    }

    ObjectNode object() {
        return mapper.createObjectNode();
    }

    JsonNode read(byte[] body) {
        try {
            return body.length == 0 ? object() : mapper.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] write(JsonNode answer) {
        try {
            return mapper.writeValueAsBytes(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Instant time(JsonNode node) {
        return Instant.ofEpochMilli(Math.round(node.asDouble() * millisPerUnit));
    }

    void time(ObjectNode node, String field, Instant time) {
        if (this == CBOR) {
            node.put(field, time.toEpochMilli());
        } else {
            node.put(field, time.toEpochMilli() / millisPerUnit);
        }
    }

    ArrayNode records(List<Entry> entries) {
        ArrayNode records = mapper.createArrayNode();
        for (Entry entry : entries) {
            ObjectNode record = records.addObject();
            record.put("SequenceNumber", entry.sequence().toString());
            record.put("PartitionKey", entry.key());
            record.put("Data", entry.data().asByteArrayUnsafe());
            time(record, "ApproximateArrivalTimestamp", entry.arrival());
        }
        return records;
    }

    ArrayNode children(List<ScriptedShard> shards) {
        ArrayNode children = mapper.createArrayNode();
        for (ScriptedShard shard : shards) {
            ObjectNode child = children.addObject();
            child.put("ShardId", shard.id());
            ArrayNode parents = child.putArray("ParentShards");
            shard.parents().forEach(parents::add);
            hashKeys(child, shard);
        }
        return children;
    }

    ArrayNode shards(List<ScriptedShard> shards) {
        ArrayNode all = mapper.createArrayNode();
        for (ScriptedShard shard : shards) {
            ObjectNode node = all.addObject();
            node.put("ShardId", shard.id());
            if (!shard.parents().isEmpty()) {
                node.put("ParentShardId", shard.parents().get(0));
            }
            if (shard.parents().size() > 1) {
                node.put("AdjacentParentShardId", shard.parents().get(1));
            }
            hashKeys(node, shard);
            ObjectNode range = node.putObject("SequenceNumberRange");
            range.put("StartingSequenceNumber", "0");
            if (shard.closed().isPresent()) {
                range.put("EndingSequenceNumber", "99999999");
            }
        }
        return all;
    }

    private static void hashKeys(ObjectNode node, ScriptedShard shard) {
        node.putObject("HashKeyRange")
                .put("StartingHashKey", shard.first().toString())
                .put("EndingHashKey", shard.last().toString());
    }
}

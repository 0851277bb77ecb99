package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers SubscribeToShard: one subscription for each consumer and shard. */
final class ScriptedFanOut {

    private record Holder(ScriptedSession session, Instant since) {}

    private final ScriptedStream stream;
    private final Operations operations;
    private final AtomicInteger events = new AtomicInteger();
    private final Map<String, Holder> holders = new HashMap<>();
    private Duration inUse = Duration.ofSeconds(5);
    private Duration life = Duration.ofMinutes(5);

    ScriptedFanOut(ScriptedStream stream, Operations operations) {
        this.stream = stream;
        this.operations = operations;
    }

    /** How long a subscription lasts. */
    synchronized void life(Duration time) {
        life = time;
    }

    /** How long after a subscription the server refuses another one of that consumer to that shard. */
    synchronized void inUse(Duration time) {
        inUse = time;
    }

    /** How many events were sent. */
    int events() {
        return events.get();
    }

    synchronized void subscribe(JsonNode request, Wire wire, Channel channel, Optional<Fault> fault) {
        String consumer = Operations.named(request);
        if (consumer == null || !operations.consumers().contains(consumer)) {
            throw KinesisError.of("ResourceNotFoundException", "There is no consumer " + consumer);
        }
        String shard = request.path("ShardId").asText();
        Holder earlier = holders.get(consumer + "/" + shard);
        if (earlier != null) {
            if (earlier.since().plus(inUse).isAfter(stream.now())) {
                throw KinesisError.of("ResourceInUseException", "Another active subscription exists for " + consumer);
            }
            earlier.session().end();
        }
        JsonNode position = request.path("StartingPosition");
        String iterator = operations.iterator(shard, position.path("Type").asText(), position, wire);
        ScriptedSession session = new ScriptedSession(channel, wire, stream, iterator, fault, events::incrementAndGet);
        holders.put(consumer + "/" + shard, new Holder(session, stream.now()));
        session.begin(life.toMillis());
    }
}

package io.github.lateststate.kinesis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** The consumers of a stream. The test controls the clock. Their subscriptions send no events. */
final class SimulatedConsumers implements ConsumerCalls {

    private static final Duration LATENCY = Duration.ofMillis(20);

    /** The tags of each consumer, by its name. */
    final Map<String, Map<String, String>> tagsByName = new LinkedHashMap<>();

    int quota = 20;
    boolean tagsAreDenied;
    int subscriptions;
    private final SimulatedLoop loop;

    SimulatedConsumers(SimulatedLoop loop) {
        this.loop = loop;
    }

    @Override
    public CompletableFuture<Consumer> register(String streamArn, String name, Map<String, String> tags) {
        return answer(() -> {
            if (tagsByName.size() >= quota) {
                throw LimitExceededException.builder().message("quota").build();
            }
            tagsByName.put(name, new LinkedHashMap<>(tags));
            return consumer(name);
        });
    }

    @Override
    public CompletableFuture<ConsumerStatus> status(String streamArn, String name) {
        return answer(() -> {
            tagsOf(name);
            return ConsumerStatus.ACTIVE;
        });
    }

    @Override
    public CompletableFuture<List<Consumer>> list(String streamArn) {
        return answer(() ->
                tagsByName.keySet().stream().map(SimulatedConsumers::consumer).toList());
    }

    @Override
    public CompletableFuture<Void> deregister(String streamArn, String name) {
        return run(() -> {
            tagsOf(name);
            tagsByName.remove(name);
        });
    }

    @Override
    public CompletableFuture<Map<String, String>> tags(String consumerArn) {
        return answer(() -> Map.copyOf(tagsOf(consumerArn)));
    }

    @Override
    public CompletableFuture<Void> tag(String consumerArn, Map<String, String> tags) {
        return run(() -> {
            if (tagsAreDenied) {
                throw AccessDeniedException.builder().message("tags").build();
            }
            tagsOf(consumerArn).putAll(tags);
        });
    }

    @Override
    public boolean takeRoom() {
        return true;
    }

    @Override
    public void giveRoomBack() {
        // There is always room.
    }

    @Override
    public Running subscribe(String consumerArn, String shard, Start start, Listener listener) {
        subscriptions++;
        return () -> {};
    }

    private Map<String, String> tagsOf(String name) {
        Map<String, String> tags = tagsByName.get(name);
        if (tags == null) {
            throw ResourceNotFoundException.builder().message(name).build();
        }
        return tags;
    }

    private static Consumer consumer(String name) {
        return Consumer.builder().consumerName(name).consumerARN(name).build();
    }

    private CompletableFuture<Void> run(Runnable task) {
        return answer(() -> {
                    task.run();
                    return true;
                })
                .thenAccept(done -> {});
    }

    private <T> CompletableFuture<T> answer(Supplier<T> answering) {
        CompletableFuture<T> future = new CompletableFuture<>();
        loop.after(LATENCY, () -> {
            try {
                future.complete(answering.get());
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }
}

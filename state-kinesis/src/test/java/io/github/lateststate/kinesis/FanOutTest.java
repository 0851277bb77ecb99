package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Fan-out consumers of living and dead instances, in simulated time. */
class FanOutTest {

    /** An instance, and the consumer that it follows with. */
    private static final class Instance {

        private final String name = "group-" + UUID.randomUUID();
        private final FanOut fanOut;
        private final List<@Nullable String> reported = new ArrayList<>();

        Instance(SimulatedLoop loop, ConsumerCalls consumers, long seed) {
            KinesisSettings settings = new KinesisSettings(StreamAddress.of("models"), name, true, "eu-west-1", null);
            StreamContext context = new StreamContext(
                    settings,
                    new SimulatedKinesis(loop, loop.now()),
                    loop,
                    new Contact(new RecordingSink(payload -> true), loop),
                    doing -> {},
                    new Random(seed)::nextDouble);
            fanOut = new FanOut(context, consumers, this::changed);
            fanOut.begin("arn:stream");
        }

        private void changed() {
            reported.add(fanOut.arn());
        }
    }

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedConsumers consumers = new SimulatedConsumers(loop);

    @Test
    void anInstanceRegistersAConsumerWithItsName() {
        Instance instance = new Instance(loop, consumers, 1);
        loop.run(Duration.ofSeconds(5));
        assertThat(consumers.tagsByName).containsOnlyKeys(instance.name);
        assertThat(instance.reported).containsExactly(instance.name);
    }

    @Test
    void anInstanceTriesAgainLaterIfTheQuotaIsFull() {
        consumers.quota = 0;
        Instance instance = new Instance(loop, consumers, 1);
        loop.run(Duration.ofMinutes(3));
        assertThat(instance.reported).isEmpty();
        consumers.quota = 1;
        loop.run(Duration.ofMinutes(7));
        assertThat(instance.reported).containsExactly(instance.name);
    }

    @Test
    void aRemovedConsumerIsRegisteredAgain() {
        Instance instance = new Instance(loop, consumers, 1);
        loop.run(Duration.ofSeconds(5));
        consumers.tagsByName.clear();
        instance.fanOut.suspect(
                instance.name,
                ResourceNotFoundException.builder().message("gone").build());
        loop.run(Duration.ofSeconds(10));
        assertThat(instance.reported).containsExactly(instance.name, null, instance.name);
        assertThat(consumers.tagsByName).containsOnlyKeys(instance.name);
    }

    @Test
    void aConsumerThatFailedForAnotherReasonIsTriedAgainLater() {
        Instance instance = new Instance(loop, consumers, 1);
        loop.run(Duration.ofSeconds(5));
        instance.fanOut.suspect(
                instance.name,
                ProvisionedThroughputExceededException.builder().message("busy").build());
        loop.run(Duration.ofMinutes(2));
        assertThat(instance.reported).containsExactly(instance.name, instance.name);
    }

    @Test
    void anInstanceThatCannotShowThatItIsAliveLeavesItsConsumer() {
        consumers.tagsAreDenied = true;
        Instance instance = new Instance(loop, consumers, 1);
        loop.run(Duration.ofSeconds(30));
        assertThat(instance.reported).containsExactly(instance.name, null);
        assertThat(consumers.tagsByName).isEmpty();
    }

    @Test
    void onlyConsumersOfDeadInstancesAreRemoved() {
        List<Instance> living = IntStream.range(0, 8)
                .mapToObj(i -> new Instance(loop, consumers, i))
                .toList();
        loop.run(Duration.ofMinutes(1));
        for (int i = 0; i < 6; i++) {
            consumers.tagsByName.put("group-" + UUID.randomUUID(), Map.of(FanOut.BEAT, Integer.toString(i)));
        }
        consumers.tagsByName.put("group-" + UUID.randomUUID(), Map.of()); // not known to be ours
        consumers.tagsByName.put("somebody", Map.of(FanOut.BEAT, "1"));
        loop.run(Duration.ofHours(4));
        assertThat(consumers.tagsByName).hasSize(8 + 2).containsKey("somebody");
        loop.run(Duration.ofDays(3));
        assertThat(consumers.tagsByName).hasSize(8 + 2);
        assertThat(living).allSatisfy(instance -> assertThat(instance.reported).containsExactly(instance.name));
    }
}

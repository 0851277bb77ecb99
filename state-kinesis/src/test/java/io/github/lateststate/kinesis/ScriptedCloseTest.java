package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Close during any call, and what is left afterwards. */
@Isolated // it checks the threads that are left
class ScriptedCloseTest {

    private static final int CYCLES = 100;
    private static final int AT_ONCE = 10;

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DescribeStreamSummary",
                "ListShards",
                "GetShardIterator",
                "GetRecords",
                "RegisterStreamConsumer",
                "DescribeStreamConsumer",
                "SubscribeToShard",
                "DeregisterStreamConsumer"
            })
    void closeReturnsInTimeEvenIfACallHangs(String operation) {
        server.script().always(operation, new Fault.Hang());
        RecordingSink sink = followers.follow(server.settings().with("state.fan.out", "enhanced"));
        if (!operation.equals("DeregisterStreamConsumer")) {
            awaitThat(() -> server.script().calls(operation) > 0);
        } else {
            awaitThat(() -> server.script().calls("SubscribeToShard") > 0);
        }
        Duration within = Duration.ofSeconds(5);
        long begin = System.nanoTime();
        followers.closeInTime(sink);
        assertNoThreadIsLeft(within.minusNanos(System.nanoTime() - begin));
    }

    @Test
    void aHundredOpenedAndClosedStatesLeaveNothing() {
        for (int i = 0; i < CYCLES; i += AT_ONCE) {
            List<RecordingSink> sinks = IntStream.range(0, AT_ONCE)
                    .mapToObj(cycle -> followers.follow(server.settings()))
                    .toList();
            sinks.stream()
                    .map(sink -> CompletableFuture.runAsync(() -> followers.closeInTime(sink)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
        assertNoThreadIsLeft(Duration.ofSeconds(5));
        await().atMost(Duration.ofSeconds(5)).until(() -> server.connections() == 0);
    }

    private void assertNoThreadIsLeft(Duration within) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .atMost(within)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread) && TestStreams.isOfSubscription(thread))
                        .isEmpty());
    }
}

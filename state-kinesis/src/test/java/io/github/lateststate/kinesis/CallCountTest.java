package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the table in docs/kinesis.md: how many calls find the last record, by its age. */
class CallCountTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "kinesis.md");
    private static final List<Duration> AGES =
            List.of(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(3), Duration.ofDays(100));

    @Test
    void theDocumentedTableMatchesTheMeasuredOne() throws IOException {
        String table = AGES.stream()
                .map(age -> "| " + name(age) + " | " + count(age, server -> {}) + " | "
                        + count(age, server -> server.behindByWallClock = true) + " | "
                        + count(age, server -> server.crossedByOneRead = Duration.ofMinutes(5)) + " |")
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(DOCUMENT)).contains(table);
    }

    private static String count(Duration age, Consumer<SimulatedKinesis> behaviour) {
        SimulatedLoop loop = new SimulatedLoop();
        SimulatedKinesis server = new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(364)));
        server.retentionHours = 365 * 24;
        server.put("shardId-000000000000", loop.now().minus(age), "last");
        behaviour.accept(server);
        SimulatedInstance instance = new SimulatedInstance(loop, server, payload -> true, 1);
        loop.runUntil(() -> !instance.sink.accepted().isEmpty(), Duration.ofDays(1));
        instance.stop();
        return "%d + %s".formatted(server.calls(SimulatedCall.ITERATOR), rounded(server.calls(SimulatedCall.RECORDS)));
    }

    /** Two digits are enough if the count includes reads at the tip, which depend on the clock. */
    private static String rounded(int calls) {
        int unit = (int) Math.pow(10, Math.max(0, Integer.toString(calls).length() - 2));
        return "%,d".formatted(Math.round(1.0 * calls / unit) * unit);
    }

    private static String name(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : age.toSeconds() + " s";
    }
}

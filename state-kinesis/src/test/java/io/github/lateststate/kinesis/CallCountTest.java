package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls find the last record, by its age; docs/kinesis.md has the table. */
class CallCountTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "kinesis.md");
    private static final List<Duration> AGES =
            List.of(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(3), Duration.ofDays(100));

    private record Calls(int iterators, int reads) {

        @Override
        public String toString() {
            return "%,d + %,d".formatted(iterators, reads);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"PT1S, 1, 1", "PT1H, 2, 2", "P3D, 4, 4", "P100D, 6, 6"})
    void aServerThatCrossesAnIdleRegionInOneReadIsAskedAFewTimes(Duration age, int iterators, int reads) {
        assertThat(count(age, SimulatedStream::lastPageAtTip)).isEqualTo(new Calls(iterators, reads));
        assertThat(count(age, stream -> stream)).isEqualTo(new Calls(iterators, reads + 1));
    }

    @Test
    void theDocumentedTableIsTheMeasuredOne() throws IOException {
        String table = AGES.stream()
                .map(age -> "| " + name(age) + " | " + count(age, SimulatedStream::lastPageAtTip) + " | "
                        + count(age, stream -> stream) + " | "
                        + count(age, stream -> stream.stride(Duration.ofMinutes(5))) + " |")
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(DOCUMENT)).contains(table);
    }

    private static Calls count(Duration age, UnaryOperator<SimulatedStream> server) {
        SimulatedLoop loop = new SimulatedLoop();
        SimulatedStream stream = server.apply(new SimulatedStream("models", loop));
        stream.put(loop.now().minus(age), "last");
        SimulatedInstance instance = new SimulatedInstance(stream, loop, 1).start();
        loop.runUntil(() -> !instance.sink().accepted().isEmpty());
        instance.stop();
        return new Calls(instance.calls().iterators(), instance.calls().reads());
    }

    private static String name(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        return age.toHours() > 0 ? age.toHours() + " h" : age.toSeconds() + " s";
    }
}

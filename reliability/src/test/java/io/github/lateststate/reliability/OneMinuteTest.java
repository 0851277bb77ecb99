package io.github.lateststate.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short run of the observer on one broker; the command runs for hours. */
final class OneMinuteTest {

    private static final long SEED = Long.getLong("reliability.seed", 12);

    @Test
    void noPromiseIsBrokenInAMinuteOfFaults() throws Exception {
        System.out.println("seed " + SEED);
        Report report = new Report(System.out);
        Run.Plan plan = new Run.Plan(Duration.ofSeconds(40), SEED, Duration.ofSeconds(8), 2, 2);
        try (Stage stage = KafkaStage.on(new SingleBroker(), SEED)) {
            Run.on(stage, plan, report);
        }
        assertThat(report.violations()).as("violations with the seed " + SEED).isEmpty();
    }
}

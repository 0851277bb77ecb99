package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void windowsGrowTwelvefoldAndEndWithTheFirstRecord() {
        WindowPlan plan = new WindowPlan(NOW, NOW.minus(Duration.ofDays(7)));
        assertThat(starts(plan, 1)).containsExactly(at("PT6M"), at("PT72M"), at("PT864M"), new Start.Horizon());
    }

    @Test
    void windowsGrowFourfoldIfAReadDoesNotGoFar() {
        WindowPlan plan = new WindowPlan(NOW, NOW.minus(Duration.ofHours(6)));
        assertThat(starts(plan, 2)).containsExactly(at("PT6M"), at("PT24M"), at("PT96M"), new Start.Horizon());
    }

    @Test
    void aStreamYoungerThanTheFirstWindowIsReadFromItsFirstRecord() {
        assertThat(new WindowPlan(NOW, NOW.minusSeconds(10)).start()).isEqualTo(new Start.Horizon());
    }

    /** If the clock is behind, the stream may seem not to exist yet. */
    @Test
    void aStreamFromTheFutureIsReadFromItsFirstRecord() {
        assertThat(new WindowPlan(NOW, NOW.plusSeconds(10)).start()).isEqualTo(new Start.Horizon());
    }

    @Property
    void noWindowBeginsBeforeTheHorizonAndTheLastOneBeginsThere(
            @ForAll @LongRange(max = 365L * 24 * 3600) long age, @ForAll @IntRange(max = 100) int idleReads) {
        WindowPlan plan = new WindowPlan(NOW, NOW.minusSeconds(age));
        List<Start> starts = starts(plan, idleReads);
        assertThat(starts.size()).isLessThanOrEqualTo(10);
        assertThat(starts.subList(0, starts.size() - 1))
                .allSatisfy(start -> assertThat(((Start.At) start).time()).isAfter(NOW.minusSeconds(age)));
    }

    private static List<Start> starts(WindowPlan plan, int idleReads) {
        List<Start> starts = new ArrayList<>();
        starts.add(plan.start());
        while (!plan.isLast()) {
            plan.widen(idleReads);
            starts.add(plan.start());
        }
        return starts;
    }

    private static Start at(String ago) {
        return new Start.At(NOW.minus(Duration.parse(ago)));
    }
}

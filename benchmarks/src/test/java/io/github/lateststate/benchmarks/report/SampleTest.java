package io.github.lateststate.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void percentilesAreByNearestRank() {
        Sample sample = Sample.of(List.of(50, 15, 20, 40, 35));

        assertThat(sample.percentile(0)).isEqualTo(15);
        assertThat(sample.percentile(20)).isEqualTo(15);
        assertThat(sample.percentile(30)).isEqualTo(20);
        assertThat(sample.percentile(40)).isEqualTo(20);
        assertThat(sample.percentile(50)).isEqualTo(35);
        assertThat(sample.percentile(81)).isEqualTo(50);
        assertThat(sample.percentile(100)).isEqualTo(50);
    }

    @Test
    void percentilesOfAHundredValuesAreTheValues() {
        Sample sample = Sample.of(IntStream.rangeClosed(1, 100).boxed().toList());

        for (int percent = 1; percent <= 100; percent++) {
            assertThat(sample.percentile(percent)).isEqualTo(percent);
        }
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Sample.of(List.of(1, 2, 10, 20)).median()).isEqualTo(6);
    }

    @Test
    void theSmallestAndTheGreatestAreInTheText() {
        Sample sample = Sample.of(List.of(300, 1.5, 20));

        assertThat(sample.min()).isEqualTo(1.5);
        assertThat(sample.max()).isEqualTo(300);
        assertThat(sample.medianAndRange()).isEqualTo("20.0 (1.50–300)");
    }

    @Test
    void anEmptySampleIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(List.of()));
    }
}

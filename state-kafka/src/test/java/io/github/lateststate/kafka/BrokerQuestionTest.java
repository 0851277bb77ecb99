package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokerQuestionTest {

    @Test
    void anAnswerThatTakesLongIsLookedForMoreAndMoreRarely() {
        assertThat(BrokerQuestion.untilNextLook(Duration.ZERO)).isEqualTo(Duration.ofMillis(50));
        assertThat(BrokerQuestion.untilNextLook(Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
        assertThat(BrokerQuestion.untilNextLook(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(500));
    }
}

package io.github.lateststate.demo.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateMessageTest {

    @Test
    void theJsonHasTheIdAsText() {
        assertThat(new StateMessage(4142, 96).json())
                .isEqualTo("{\"message_id\":\"4142\",\"text\":\"some text\",\"state\":96}");
    }

    @Test
    void idsGoFrom1To10000AndStatesFrom1To100() {
        Random random = new Random(1);

        assertThat(Stream.generate(() -> StateMessage.random(random, OptionalInt.empty()))
                        .limit(200_000))
                .allSatisfy(message -> {
                    assertThat(message.id()).isBetween(1, 10_000);
                    assertThat(message.state()).isBetween(1, 100);
                })
                .anyMatch(message -> message.id() == 1)
                .anyMatch(message -> message.id() == 10_000)
                .anyMatch(message -> message.state() == 1)
                .anyMatch(message -> message.state() == 100);
    }

    @Test
    void aChosenStateIsSent() {
        assertThat(StateMessage.random(new Random(), OptionalInt.of(-5)).state())
                .isEqualTo(-5);
    }
}

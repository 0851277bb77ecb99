package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContactTest {

    private static final long T1 = TimeUnit.SECONDS.toNanos(1);
    private static final long T2 = TimeUnit.SECONDS.toNanos(2);
    private static final long T3 = TimeUnit.SECONDS.toNanos(3);

    private final List<String> received = new ArrayList<>();
    private final Contact contact =
            new Contact(new ReportingSink(received), new SimulatedLoop(Instant.ofEpochSecond(3)));

    @Test
    void contactIsAsOldAsTheOldestAnswerAndNeedsAllAnswers() {
        contact.lookedBack();
        contact.expect(Contact.STREAM);
        contact.expect("a");
        contact.expect("b");
        contact.answered("a", T1, false);
        contact.answered(Contact.STREAM, T2, false);
        assertThat(received).isEmpty();
        contact.answered("b", T3, false);
        assertThat(received).containsExactly("contact PT2S false");
    }

    @Test
    void anAnswerOfTheStreamDoesNotMakeTheAnswersOfItsShardsOlder() {
        contact.lookedBack();
        contact.answered(Contact.STREAM, T1, false);
        contact.answered("a", T2, false);
        assertThat(received).endsWith("contact PT1S false");
    }

    @Test
    void somethingIsPendingIfOneShardIsBehindOrTheLookBackHasNotEnded() {
        contact.answered("a", T1, false);
        contact.lookedBack();
        contact.answered("a", T2, false);
        contact.answered("b", T2, true);
        contact.answered("a", T3, false);
        assertThat(received)
                .containsExactly("contact PT2S true", "contact PT1S false", "contact PT1S true", "contact PT1S true");
    }

    @Test
    void anInterruptionEndsWhenTheSourceThatCausedItAnswers() {
        contact.lookedBack();
        contact.answered("a", T1, false);
        contact.answered("b", T1, false);
        received.clear();
        contact.troubled("a", new IllegalStateException("away"));
        contact.answered("b", T2, false);
        assertThat(received).containsExactly("interrupted away");
        contact.answered("a", T3, false);
        assertThat(received).endsWith("contact PT1S false");
    }

    @Test
    void aShardThatWasReadToItsEndNeedNotAnswer() {
        contact.lookedBack();
        contact.expect("a");
        contact.expect("b");
        contact.forget("a");
        contact.answered("b", T1, false);
        assertThat(received).containsExactly("contact PT2S false");
    }

    @Test
    void allSourcesMustAnswerAgainAfterReadingStopped() {
        contact.lookedBack();
        contact.answered(Contact.STREAM, T1, false);
        contact.answered("a", T1, false);
        contact.lost(new IllegalStateException("a bug"));
        contact.answered(Contact.STREAM, T2, false);
        assertThat(received).endsWith("interrupted a bug");
        assertThat(contact.wasComplete()).isFalse();
        contact.answered("a", T3, false);
        assertThat(received).endsWith("contact PT0S false");
        assertThat(contact.wasComplete()).isTrue();
    }

    @Test
    void contactDuringALookBackIsNotComplete() {
        contact.answered("a", T3, false);
        assertThat(contact.wasComplete()).isFalse();
        contact.lookedBack();
        contact.lookBack();
        contact.answered("a", T3, false);
        assertThat(received).endsWith("contact PT0S true");
        assertThat(contact.wasComplete()).isFalse();
    }

    private record ReportingSink(List<String> received) implements StateSink {

        @Override
        public boolean offer(StateRecord record) {
            throw new AssertionError("no offer");
        }

        @Override
        public void rejected(StateRecord record, Throwable cause) {
            throw new AssertionError("no rejection");
        }

        @Override
        public void replaced() {}

        @Override
        public void retire(String partition) {}

        @Override
        public void caughtUp(long recordsRead) {}

        @Override
        public void contact(Duration age, boolean newerPending) {
            received.add("contact " + age + " " + newerPending);
        }

        @Override
        public void interrupted(Throwable cause) {
            received.add("interrupted " + cause.getMessage());
        }

        @Override
        public void failed(Throwable cause) {
            received.add("failed " + cause.getMessage());
        }
    }
}

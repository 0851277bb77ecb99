package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.spi.StateRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestStateTest {

    private final LogCapture log = new LogCapture();
    private final ManualSubscriber broker = new ManualSubscriber();
    private LatestState<String> state = broker.state().open();

    @AfterEach
    void release() {
        state.close();
        log.close();
    }

    @Test
    void getReportsTheProgressBeforeTheLookBackHasEnded() {
        assertThat(state.value()).isEmpty();
        assertThatThrownBy(state::get)
                .isInstanceOf(NoStateException.class)
                .hasMessageContainingAll(
                        "'models'", "not known yet", "awaitReady", "STARTING", ManualSubscriber.PROGRESS);
    }

    @Test
    void getNamesTheLastErrorBeforeTheLookBackHasEnded() {
        broker.sink().interrupted(new IllegalStateException("nobody at port 9092"));
        assertThatThrownBy(state::get).hasMessageContainingAll("INTERRUPTED", "nobody at port 9092");
    }

    @Test
    void anEmptyStreamHasNoValueAndGetSaysSo() {
        broker.caughtUp();
        assertThat(state.value()).isEmpty();
        assertThat(state.current().value()).isEmpty();
        assertThat(state.current().origin()).isEmpty();
        assertThat(state.current()).hasToString("no state");
        assertThatThrownBy(state::get)
                .isInstanceOf(NoStateException.class)
                .hasMessageContainingAll("'models'", "holds no record that can be decoded", "LIVE");
    }

    @Test
    void theInitialValueIsServedUntilTheFirstRecord() {
        reopenWithInitial("initial");
        assertThat(state.get()).isEqualTo("initial");
        broker.caughtUp();
        assertThat(state.value()).contains("initial");
        assertThat(state.current().origin()).isEmpty();
        broker.offer(1, "a");
        assertThat(state.get()).isEqualTo("a");
    }

    @Test
    void theSourceSaysWhereTheStateComesFrom() {
        assertThat(state.current().source()).isEqualTo(Source.NONE);
        broker.caughtUp();
        assertThat(state.current().source()).isEqualTo(Source.NONE);
        broker.offer(1, "a");
        assertThat(state.current().source()).isEqualTo(Source.RECORD);
        broker.offer(2, null);
        assertThat(state.current().source()).isEqualTo(Source.TOMBSTONE);
        reopenWithInitial("initial");
        assertThat(state.current().source()).isEqualTo(Source.INITIAL);
        broker.caughtUp();
        broker.offer(1, null);
        assertThat(state.current().source()).isEqualTo(Source.TOMBSTONE);
        assertThat(state.value()).contains("initial");
    }

    @Test
    void anAcceptedRecordIsTheState() {
        assertThat(broker.offer(7, "a")).isTrue();
        broker.caughtUp();
        assertThat(state.get()).isEqualTo("a");
        assertThat(state.value()).contains("a");
        assertThat(state.current().value()).contains("a");
        assertThat(state.current()).hasToString("a from partition 0, position 7, of 1970-01-01T00:00:07Z");
    }

    @Test
    void theOriginHoldsPlaceTimeKeyAndHeaders() {
        byte[] key = text("key");
        byte[] header = text("header");
        broker.caughtUp();
        Map<String, List<byte[]>> headers = Map.of("name", List.of(text("first"), header));
        StateRecord record = new StateRecord("3", "14", Instant.ofEpochSecond(15), key, text("a"), headers);
        broker.sink().offer(record);
        Origin origin = state.current().origin().orElseThrow();
        assertThat(origin.partition()).isEqualTo("3");
        assertThat(origin.position()).isEqualTo("14");
        assertThat(origin.timestamp()).contains(Instant.ofEpochSecond(15));
        assertThat(origin.key()).contains(key);
        assertThat(origin.headers()).isEqualTo(headers);
        assertThat(origin.header("name")).containsSame(header); // the last of several
        assertThat(origin.header("another")).isEmpty();
        assertThat(origin.toString()).doesNotContain("key", "name");
    }

    @Test
    void aTombstoneRemovesTheValueAndGetNamesItsPlace() {
        broker.offer(1, "a");
        broker.caughtUp();
        assertThat(broker.offer(2, null)).isTrue();
        assertThat(state.value()).isEmpty();
        assertThat(state.current().origin()).map(Origin::position).contains("2");
        assertThatThrownBy(state::get)
                .isInstanceOf(NoStateException.class)
                .hasMessageContainingAll("'models'", "tombstone", "partition 0, position 2");
    }

    @Test
    void aTombstoneBringsBackTheInitialValue() {
        reopenWithInitial("initial");
        broker.caughtUp();
        broker.offer(1, "a");
        broker.offer(2, null);
        assertThat(state.get()).isEqualTo("initial");
        assertThat(state.current().origin()).map(Origin::position).contains("2");
    }

    @Test
    void getNamesTheLastRejectionIfAllRecordsWereRejected() {
        assertThat(broker.offer(2, "bad")).isFalse();
        assertThat(broker.offer(1, "bad too")).isFalse();
        broker.caughtUp();
        assertThat(state.value()).isEmpty();
        assertThatThrownBy(state::get)
                .hasMessageContainingAll("holds no record that can be decoded", "position 1", "no such text: bad too");
    }

    @Test
    void aRejectedRecordLeavesTheLastGoodState() {
        broker.caughtUp();
        broker.offer(1, "a");
        broker.offer(2, "bad");
        assertThat(state.get()).isEqualTo("a");
    }

    @Test
    void theLastValueStaysAfterCloseAndNothingIsAccepted() {
        broker.caughtUp();
        broker.offer(1, "a");
        state.close();
        assertThat(broker.offer(2, "b")).isFalse();
        assertThat(state.get()).isEqualTo("a");
        assertThat(state.value()).contains("a");
        assertThat(state.current().origin()).map(Origin::position).contains("1");
    }

    @Test
    void streamAndGroupAreReported() {
        assertThat(state.stream()).isEqualTo("models");
        assertThat(state.group()).startsWith("group-").isEqualTo(state.group());
    }

    @Test
    void settingsGoToTheSubscriberUnchanged() {
        state.close();
        state = broker.state()
                .setting("a", "1")
                .setting("b", "2")
                .setting("a", "3")
                .open();
        assertThat(broker.settings().stream()).isEqualTo("models");
        assertThat(broker.settings().settings()).isEqualTo(Map.of("a", "3", "b", "2"));
    }

    @Test
    void openThrowsWhatTheSubscriberThrows() {
        assertThatThrownBy(() -> broker.state().setting("state.typo", "1").open())
                .isInstanceOfSatisfying(
                        InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("state.typo"))
                .hasMessageContaining("state.group.prefix");
    }

    @Test
    void aStreamMustBeNamed() {
        assertThatThrownBy(() -> LatestState.builder(ManualSubscriber.TEXT)
                        .subscriber(broker)
                        .open())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("stream(");
    }

    @Test
    void aSubscriberMustBeChosen() {
        assertThatThrownBy(() -> LatestState.builder(ManualSubscriber.TEXT).stream("models")
                        .open())
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll("subscriber(", "io.github.lateststate:state-kafka");
    }

    private void reopenWithInitial(String initial) {
        state.close();
        state = broker.state().initial(initial).open();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.github.lateststate.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoppableSinkTest {

    private final Exception cause = new Exception("scripted");
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final RecordingSink target = new RecordingSink(payload -> payload.equals("good"));
    private final StoppableSink sink = new StoppableSink(target, stopped::get);

    @Test
    void callsGetThroughWithTheirAnswersUntilItIsStopped() {
        assertThat(sink.offer(record(1, "good"))).isTrue();
        assertThat(sink.offer(record(2, "bad"))).isFalse();
        sink.rejected(record(3, "unread"), cause);
        sink.caughtUp(3);
        sink.contact(Duration.ZERO, false);
        assertThat(target.isInContact()).isTrue();
        sink.interrupted(cause);
        sink.retire("0");
        assertThat(sink.offer(record(0, "good"))).as("after retire").isTrue();
        sink.failed(cause);
        assertThat(target.offered()).containsExactly("good", "bad", "good");
        assertThat(target.rejections()).containsExactly(cause);
        assertThat(target.isCaughtUp()).isTrue();
        assertThat(target.interruptions()).containsExactly(cause);
        assertThat(target.failure()).contains(cause);
        assertThat(target.breaches()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void noCallGetsThroughAfterItIsStopped(Consumer<StateSink> call) {
        stopped.set(true);
        target.closed();
        assertThatThrownBy(() -> call.accept(sink)).isInstanceOf(StoppedException.class);
        assertThat(target.breaches()).isEmpty();
    }

    @Test
    void anInterruptFlagFromADecoderDoesNotReachTheThreadsNextWait() {
        target.duringOffer(() -> Thread.currentThread().interrupt());
        sink.offer(record(1, "good"));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptFlagFromAFilterDoesNotReachTheThreadsNextWait() {
        target.only(payload -> {
            Thread.currentThread().interrupt();
            return true;
        });
        sink.wants(record(1, "good"));
        assertThat(Thread.interrupted()).isFalse();
    }

    static List<Consumer<StateSink>> calls() {
        return List.of(
                sink -> sink.wants(record(1, "good")),
                StateSink::replaced,
                sink -> sink.offer(record(1, "good")),
                sink -> sink.rejected(record(1, "good"), new Exception("scripted")),
                sink -> sink.retire("0"),
                sink -> sink.caughtUp(1),
                sink -> sink.contact(Duration.ZERO, false),
                sink -> sink.interrupted(new Exception("scripted")),
                sink -> sink.failed(new Exception("scripted")));
    }

    private static StateRecord record(int position, String payload) {
        return new StateRecord("0", Integer.toString(position), Instant.EPOCH, null, payload.getBytes(UTF_8), Map.of());
    }
}

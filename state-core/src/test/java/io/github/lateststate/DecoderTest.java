package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.github.lateststate.json.JsonDecoder;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {

    private final ManualSubscriber broker = new ManualSubscriber();
    private final LogCapture log = new LogCapture();

    @AfterEach
    void release() {
        log.close();
    }

    static Stream<Named<Throwable>> whateverADecoderThrows() {
        return Stream.of(
                        new IOException("not JSON"),
                        new IllegalArgumentException(),
                        new InterruptedException("interrupted"),
                        new AssertionError("never"),
                        new InternalError("of the virtual machine"))
                .map(e -> Named.of(e.getClass().getSimpleName(), e));
    }

    @ParameterizedTest
    @MethodSource("whateverADecoderThrows")
    void anyExceptionOfADecoderRejectsTheRecordAndTheNextOneIsAccepted(Throwable thrown) {
        Decoder<String> decoder = (payload, origin) -> {
            if (origin.position().equals("2")) {
                throwAnyway(thrown);
            }
            return new String(payload, StandardCharsets.UTF_8);
        };
        assertSecondOfThreeIsRejected(
                decoder, status -> assertThat(cause(status)).isSameAs(thrown));
    }

    @Test
    void aNullResultRejectsTheRecord() {
        Decoder<String> decoder =
                (payload, origin) -> origin.position().equals("2") ? null : new String(payload, StandardCharsets.UTF_8);
        assertSecondOfThreeIsRejected(
                decoder, status -> assertThat(cause(status)).hasMessageContaining("the decoder returned null"));
    }

    @Test
    void aStackOverflowRejectsTheRecord() {
        Decoder<String> decoder = (payload, origin) ->
                origin.position().equals("2") ? bottomless(0) : new String(payload, StandardCharsets.UTF_8);
        assertSecondOfThreeIsRejected(
                decoder, status -> assertThat(cause(status)).isInstanceOf(StackOverflowError.class));
    }

    @Test
    void aCauseOfSeveralLinesIsShownOnOneLine() {
        Decoder<String> decoder = (payload, origin) -> {
            throw new IllegalArgumentException("unexpected token\n  at line 1");
        };
        try (LatestState<String> state = broker.state(decoder).open()) {
            broker.offer(1, "a");
            assertThat(state.status().lastRejection().orElseThrow())
                    .asString()
                    .endsWith("unexpected token at line 1")
                    .doesNotContain("\n");
        }
    }

    @Test
    void theDecoderReceivesTheOriginAndNoTombstones() {
        List<String> decoded = new ArrayList<>();
        Decoder<String> decoder = (payload, origin) -> {
            decoded.add(origin.partition() + "/" + origin.position());
            return "";
        };
        try (LatestState<String> state = broker.state(decoder).open()) {
            broker.caughtUp();
            broker.offer("3", 1, 1, "a");
            broker.offer("3", 2, 2, null);
            assertThat(decoded).containsExactly("3/1");
            assertThat(state.status().accepted()).isEqualTo(2);
        }
    }

    @Test
    void anEmptyPayloadIsNotATombstone() {
        try (LatestState<String> state = broker.state().open()) {
            broker.caughtUp();
            broker.offer(1, "");
            assertThat(state.get()).isEmpty();
        }
    }

    @Test
    void rejectionsAreLoggedWithPlaceAndReasonAtMostEveryTenSeconds() {
        ManualClock clock = new ManualClock();
        try (LatestState<String> state = broker.state().clock(clock).open()) {
            broker.offer(1, "bad");
            broker.offer(2, "bad");
            clock.advance(Duration.ofSeconds(10));
            broker.offer(3, "bad");
            assertThat(log.messages(Level.WARN)).hasSize(1);
            clock.advance(Duration.ofMillis(1));
            broker.offer(4, "bad");
            assertThat(log.messages(Level.WARN)).hasSize(2);
            assertThat(log.messages(Level.WARN).get(0)).contains("position 1", "no such text: bad", "'models'");
            assertThat(log.messages(Level.WARN).get(1)).contains("4 rejected so far");
            assertThat(state.status().rejected()).isEqualTo(4);
        }
    }

    @Test
    void recordsThatAreNotJsonLeaveTheLastGoodState() {
        InMemorySubscriber memory = new InMemorySubscriber();
        memory.push("7");
        memory.push("null");
        memory.pushMalformed();
        try (LatestState<Integer> state = LatestState.builder(JsonDecoder.of(Integer.class)).subscriber(memory).stream(
                        "models")
                .open()) {
            assertThat(state.get()).isEqualTo(7);
            assertThat(state.status().rejected()).isEqualTo(2);
        }
    }

    @Test
    void aCircleOfCausesDoesNotHangTheSearch() {
        Exception one = new Exception("one");
        one.initCause(new Exception("other", one));
        assertSecondOfThreeIsRejected(
                (payload, origin) -> {
                    String text = new String(payload, StandardCharsets.UTF_8);
                    if (text.equals("b")) {
                        throw one;
                    }
                    return text;
                },
                status -> assertThat(cause(status)).isSameAs(one));
    }

    @Test
    void aSlowDecoderInterruptsTheStateUntilItReturns() throws Exception {
        ManualClock clock = new ManualClock();
        CountDownLatch decoding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Decoder<String> decoder = (payload, origin) -> {
            decoding.countDown();
            goOn.await();
            return "a";
        };
        try (LatestState<String> state = broker.state(decoder).clock(clock).open()) {
            broker.caughtUp();
            broker.sink().contact(Duration.ZERO, false);
            CompletableFuture<Boolean> offer = CompletableFuture.supplyAsync(() -> broker.offer(7, "a"));
            decoding.await();
            clock.advance(Duration.ofSeconds(10));
            broker.sink().contact(Duration.ZERO, true);
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
            Instant began = clock.advance(Duration.ofSeconds(6)).minusSeconds(16);
            assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
            assertThat(state.status().lastError().orElseThrow())
                    .hasMessageContaining("position 7")
                    .hasMessageContaining("since " + began);
            goOn.countDown();
            assertThat(offer.get()).isTrue();
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
        }
    }

    @Test
    void aDecodersMessageIsShownBoundedAndEscaped() {
        Decoder<String> decoder = (payload, origin) -> {
            throw new IllegalArgumentException("no such text: " + new String(payload, StandardCharsets.UTF_8));
        };
        try (LatestState<String> state = broker.state(decoder).open()) {
            broker.offer(1, "\u001B[31m\u202E" + "x".repeat(6_000_000));
            broker.caughtUp();
            String rejection = state.status().lastRejection().orElseThrow().toString();
            assertThat(rejection)
                    .hasSizeLessThan(500)
                    .contains("\\u001B[31m\\u202E")
                    .doesNotContain("\u001B", "\u202E");
            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .satisfies(line -> assertThat(line).hasSizeLessThan(800).doesNotContain("\u001B", "\u202E"));
            assertThatExceptionOfType(NoStateException.class)
                    .isThrownBy(state::get)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(800));
        }
    }

    private interface Check {
        void on(Status status);
    }

    private void assertSecondOfThreeIsRejected(Decoder<String> decoder, Check check) {
        try (LatestState<String> state = broker.state(decoder).open()) {
            broker.caughtUp();
            assertThat(broker.offer(1, "a")).isTrue();
            assertThat(broker.offer(2, "b")).isFalse();
            assertThat(state.get()).isEqualTo("a");
            Status status = state.status();
            assertThat(status.lastRejection().orElseThrow().origin().position()).isEqualTo("2");
            assertThat(status.accepted()).isEqualTo(1);
            assertThat(status.rejected()).isEqualTo(1);
            assertThat(status.phase()).isEqualTo(Phase.LIVE);
            check.on(status);
            assertThat(broker.offer(3, "c")).isTrue();
            assertThat(state.get()).isEqualTo("c");
            assertThat(state.status().lastRejection()).as("stays to be read").isPresent();
        }
    }

    private static Throwable cause(Status status) {
        return status.lastRejection().orElseThrow().cause();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws checked exceptions and errors alike
    private static <E extends Throwable> void throwAnyway(Throwable e) throws E {
        throw (E) e;
    }

    @SuppressWarnings("InfiniteRecursion") // the test needs a stack overflow
    private static String bottomless(int depth) {
        return bottomless(depth + 1) + depth;
    }
}

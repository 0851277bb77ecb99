package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.InMemorySubscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A listener that throws hurts nobody, not even itself. */
class ThrowingListenersTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final LatestState<String> state = LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream(
                    "models")
            .open();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void closeAndLeaveNoThreads() {
        state.close();
        CloseTest.awaitNoListenerThreads();
    }

    @Test
    void aThrowingListenerIsLoggedAndReceivesTheNextState() {
        assertGoesOnAfter(new Exception("checked"));
        assertThat(state.get()).isEqualTo("2");
    }

    @Test
    void aListenerThatThrowsAnErrorIsLoggedAndReceivesTheNextState() {
        assertGoesOnAfter(new AssertionError("error"));
    }

    @Test
    void aThrowingListenerDoesNotAffectOthers() {
        try (LogCapture log = new LogCapture()) {
            state.listen(current -> {
                throw new IllegalStateException("hurts itself");
            });
            state.listen(this::note);
            broker.push("1");
            awaitReceived("1");
            await().until(() -> log.messages(Level.ERROR).size() == 1);
        }
    }

    @Test
    void aListenersMessageIsLoggedBoundedAndEscaped() {
        try (LogCapture log = new LogCapture()) {
            state.listen(current -> {
                throw new IllegalStateException(
                        "no such text: " + current.value().orElseThrow());
            });
            broker.push("\u001B[31m\u202E" + "x".repeat(6_000_000));
            await().until(() -> log.messages(Level.ERROR).size() == 1);
            assertThat(log.events(Level.ERROR).get(0).getThrowableProxy().getMessage())
                    .hasSizeLessThan(400)
                    .contains("\\u001B[31m\\u202E");
        }
    }

    private void note(Current<String> current) {
        received.add(current.value().orElse("(none)"));
    }

    private void awaitReceived(String... states) {
        await().untilAsserted(() -> assertThat(List.copyOf(received)).containsExactly(states));
    }

    private void assertGoesOnAfter(Throwable thrown) {
        try (LogCapture log = new LogCapture()) {
            state.listen(current -> {
                note(current);
                if (current.value().orElseThrow().equals("1")) {
                    throwAnyway(thrown);
                }
            });
            broker.push("1");
            await().until(() -> log.messages(Level.ERROR).size() == 1);
            assertThat(log.messages(Level.ERROR).get(0)).contains("models", "position 0");
            broker.push("2");
            awaitReceived("1", "2");
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws checked exceptions and errors alike
    private static <E extends Throwable> void throwAnyway(Throwable e) throws E {
        throw (E) e;
    }
}

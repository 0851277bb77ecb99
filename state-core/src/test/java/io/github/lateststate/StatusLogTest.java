package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says about the status. */
class StatusLogTest {

    private final Exception away = new Exception("the broker is away");
    private final LogCapture log = new LogCapture();
    private final ManualClock clock = new ManualClock();
    private final ManualSubscriber broker = new ManualSubscriber();
    private final LatestState<String> state = broker.state().clock(clock).open();

    @AfterEach
    void release() {
        state.close();
        log.close();
    }

    @Test
    void anInterruptionIsLoggedOncePerCauseAndItsEndIsLogged() {
        broker.sink().interrupted(away);
        broker.sink().interrupted(new Exception("the broker is away"));
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("'models'", "the broker is away");
        broker.sink().interrupted(new Exception("wrong password"));
        assertThat(log.messages(Level.WARN)).hasSize(2);
        broker.sink().contact(Duration.ZERO, false);
        broker.sink().interrupted(new Exception("wrong password"));
        assertThat(log.messages(Level.WARN)).hasSize(3);
    }

    @Test
    void anInterruptionIsLoggedOnceEvenIfTimesAndRequestNumbersDiffer() {
        broker.sink().interrupted(new Exception("no answer to request 7f3e-01 (attempt=1) at 10:15"));
        broker.sink().interrupted(new Exception("no answer to request b2 (attempt=12) at 10:16"));
        assertThat(log.messages(Level.WARN)).hasSize(1);
        broker.sink().interrupted(new Exception("no such request b2 (attempt=12) at 10:16"));
        assertThat(log.messages(Level.WARN)).hasSize(2);
    }

    @Test
    void theFollowedStreamIsLoggedBeforeItIsReady() {
        InMemorySubscriber quick = new InMemorySubscriber();
        quick.push("a");
        try (LogCapture log = new LogCapture();
                LatestState<String> other = LatestState.builder(ManualSubscriber.TEXT).subscriber(quick).stream(
                                "prices")
                        .open()) {
            assertThat(other.get()).isEqualTo("a");
            assertThat(log.messages(Level.INFO))
                    .filteredOn(line -> line.contains("'prices'"))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("Following in-memory 'prices' as group-"),
                            line -> assertThat(line).startsWith("Ready: 'prices'"));
        }
    }
}

package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One client. The test decides when its connection takes data. */
class StreamClientTest {

    private static final Pattern STATE = Pattern.compile("(?<=\\{\"state\":)\\d+");
    private static final int TICKS_BETWEEN_COMMENTS = 15;

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final LatestState<StateMessage> state =
            LatestState.builder(StateMessage.decoder()).subscriber(broker).stream("state")
                    .initial(StateMessage.INITIAL)
                    .open();
    private final StreamFeed feed = new StreamFeed(state, InstantSource.system());
    private final Connection connection = new Connection();
    private final AtomicInteger connectionClosed = new AtomicInteger();
    private final Set<StreamClient> gone = new HashSet<>();
    private final StreamClient client =
            new StreamClient(feed, false, connection, connectionClosed::incrementAndGet, gone::add);

    @AfterEach
    void stop() {
        state.close();
    }

    @Test
    void aSlowClientSkipsSupersededStatesAndGetsTheLast() {
        connection.ready = false;
        client.send();
        for (int i = 1; i <= 100; i++) {
            broker.push("{\"state\":" + i + "}");
            client.send();
        }
        assertThat(connection.states()).isEmpty();

        connection.ready = true;
        client.onWritePossible();

        assertThat(connection.states()).containsExactly("100");
    }

    @Test
    void nothingIsSentTwice() {
        client.send();
        client.send();

        assertThat(connection.states()).containsExactly("0");
        assertThat(connection.flushes).isEqualTo(1);
    }

    @Test
    void aClientThatTakesNothingBetweenTwoCommentsIsClosed() {
        connection.ready = false;
        client.send();
        comment();
        assertThat(gone).isEmpty();

        comment();

        assertThat(gone).containsExactly(client);
        assertThat(client.end()).isDone();
        assertThat(connectionClosed).hasValue(1);
    }

    @Test
    void aPendingWriteIsCompletedBeforeTheClientIsFinished() {
        connection.ready = false;
        client.send();

        client.finish();
        assertThat(client.end()).isNotDone();

        connection.ready = true;
        client.onWritePossible();
        assertThat(client.end()).isDone();
        assertThat(gone).containsExactly(client);
        assertThat(connectionClosed).hasValue(0);
    }

    @Test
    void aClientThatHasTakenEverythingIsFinishedAtOnce() {
        client.send();

        client.finish();

        assertThat(client.end()).isDone();
        assertThat(gone).containsExactly(client);
        assertThat(connectionClosed).hasValue(0);
    }

    @Test
    void aClientThatTakesSomethingBetweenTwoCommentsStays() {
        for (int i = 0; i < 5; i++) {
            connection.ready = false;
            broker.push("{\"state\":" + i + "}");
            client.send();
            comment();
            connection.ready = true;
            client.onWritePossible();
        }

        assertThat(gone).isEmpty();
    }

    @Test
    void aClientThatCannotBeWrittenToIsGone() {
        connection.broken = true;

        client.send();

        assertThat(gone).containsExactly(client);
        assertThat(client.end()).isDone();
    }

    @Test
    void theResponseOfAClientThatReadsEndsAndItsConnectionStays() {
        client.send();

        client.close();

        assertThat(client.end()).isDone();
        assertThat(connectionClosed).hasValue(0);
    }

    @Test
    void theHistoryEndsWithTheStateOfTheNextEvent() {
        broker.push("{\"state\":7}");
        feed.stateChanged();
        broker.push("{\"state\":8}"); // the history does not hold it yet
        StreamClient page = new StreamClient(feed, true, connection, connectionClosed::incrementAndGet, gone::add);

        page.send();
        page.send();

        assertThat(connection.states()).containsExactly("8");
        assertThat(connection.written.toString(UTF_8))
                .containsSubsequence(
                        "event: history", "\"state\":8,\"message\":true}]}", "event: state", "\"state\":8,");
    }

    private void comment() {
        for (int i = 0; i < TICKS_BETWEEN_COMMENTS; i++) {
            feed.tick();
            client.closeIfStuck();
        }
    }

    private static final class Connection extends ServletOutputStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean ready = true;
        private boolean broken;
        private int flushes;

        Iterable<String> states() {
            return STATE.matcher(written.toString(UTF_8))
                    .results()
                    .map(MatchResult::group)
                    .toList();
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("is not called by a client");
        }

        @Override
        public void write(int b) throws IOException {
            if (broken) {
                throw new IOException("broken pipe");
            }
            written.write(b);
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}

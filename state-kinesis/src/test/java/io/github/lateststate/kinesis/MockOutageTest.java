package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitInterruption;
import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is frozen, and one that dies and returns without its records. */
class MockOutageTest {

    @RegisterExtension
    static final KinesisMock mock = new KinesisMock();

    @RegisterExtension
    final Followers followers = new Followers();

    private TestStreams streams;
    private String stream;

    @BeforeEach
    void newStream() {
        streams = mock.streams();
        stream = streams.stream(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void aFrozenServerIsReportedAndRecordsSinceThenAreFound(String fanOut) {
        RecordingSink sink = follow(fanOut);
        mock.freeze();
        try {
            awaitInterruption(sink);
        } finally {
            mock.thaw();
        }
        streams.publish(stream, "two");
        awaitThat(() -> sink.isInContact() && sink.accepted().equals(List.of("one", "two")));
        assertThat(sink.failure()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void closeReturnsInTimeWhileTheServerIsFrozen(String fanOut) {
        RecordingSink sink = follow(fanOut);
        mock.freeze();
        try {
            followers.closeInTime(sink);
        } finally {
            mock.thaw();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void aRecreatedStreamIsFollowed(String fanOut) {
        RecordingSink sink = follow(fanOut);
        mock.kill();
        awaitInterruption(sink);
        mock.start();
        streams.create(stream, 1);
        streams.publish(stream, "two");
        awaitThat(() -> sink.isInContact() && sink.accepted().equals(List.of("one", "two")));
        streams.publish(stream, "three");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two", "three")));
    }

    private RecordingSink follow(String fanOut) {
        streams.publish(stream, "one");
        RecordingSink sink =
                followers.followUntilCaughtUp(streams.settings(stream).with("state.fan.out", fanOut));
        awaitThat(sink::isInContact);
        return sink;
    }
}

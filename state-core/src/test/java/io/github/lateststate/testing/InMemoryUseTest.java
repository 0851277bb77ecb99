package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.Origin;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.SubscriptionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the broker in memory promises to unit tests beyond the contract. */
class InMemoryUseTest {

    private static final SubscriptionSettings STREAM = new SubscriptionSettings("models", Map.of());

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final RecordingSink sink = new RecordingSink(payload -> !payload.startsWith("{"));
    private int pushed;

    @Test
    void theLookBackEndsBeforeSubscribeReturns() {
        broker.push("a");
        broker.subscribe(STREAM, sink);
        assertThat(sink.isCaughtUp()).isTrue();
        assertThat(sink.accepted()).containsExactly("a");
    }

    @Test
    void aRecordIsOfferedBeforePushReturns() {
        broker.subscribe(STREAM, sink);
        broker.push("a");
        broker.push("b".getBytes(StandardCharsets.UTF_8));
        broker.pushTombstone();
        assertThat(sink.accepted()).containsExactly("a", "b", RecordingSink.TOMBSTONE);
    }

    @Test
    void malformedRecordsAreNotAccepted() {
        broker.subscribe(STREAM, sink);
        broker.pushMalformed();
        assertThat(sink.offered()).hasSize(1);
        assertThat(sink.accepted()).isEmpty();
    }

    @Test
    void unreadableRecordsAreRejectedAndReachNoDecoder() {
        IOException damage = new IOException("damaged");
        broker.push("a");
        broker.subscribe(STREAM, sink);
        broker.pushUnreadable(damage);
        assertThat(sink.offered()).containsExactly("a");
        assertThat(sink.rejections()).containsExactly(damage);
        broker.push("b");
        assertThat(sink.accepted()).containsExactly("a", "b");
    }

    @Test
    void aRecordMayHaveKeyHeadersPartitionAndTimestamp() {
        try (LatestState<String> state = LatestState.builder(Decoder.utf8()).subscriber(broker).stream("models")
                .open()) {
            broker.record("a")
                    .key("k")
                    .header("n", "1")
                    .header("n", "2")
                    .partition("7")
                    .timestamp(Instant.EPOCH)
                    .push();
            Origin origin = state.current().origin().orElseThrow();
            assertThat(origin.key()).map(String::new).contains("k");
            assertThat(origin.headers().get("n")).extracting(String::new).containsExactly("1", "2");
            assertThat(origin.partition()).isEqualTo("7");
            assertThat(origin.position()).isEqualTo("0");
            assertThat(origin.timestamp()).contains(Instant.EPOCH);
            broker.tombstone().partition("7").push();
            assertThat(state.value()).isEmpty();
        }
    }

    @Test
    void theLookBackCoversEveryPartition() {
        broker.push(record("0", "a"));
        broker.push(record("1", "b"));
        broker.push(record("1", "{"));
        broker.subscribe(STREAM, sink);
        assertThat(sink.accepted()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void recordsThatArePushedDuringAnOutageAreFoundWhenItEnds() {
        broker.subscribe(STREAM, sink);
        IOException cause = new IOException("away");
        broker.interrupt(cause);
        broker.push("a");
        broker.push("b");
        assertThat(sink.interruptions()).containsExactly(cause);
        assertThat(sink.offered()).isEmpty();
        broker.restore();
        assertThat(sink.offered()).containsExactly("b");
    }

    @Test
    void noCallFollowsAFailure() {
        broker.subscribe(STREAM, sink);
        IOException cause = new IOException("fix it");
        broker.fail(cause);
        broker.push("a");
        assertThat(sink.failure()).contains(cause);
        assertThat(sink.offered()).isEmpty();
        assertThat(sink.breaches()).isEmpty();
    }

    @Test
    void noContactFollowsAFailure() {
        InMemorySubscription subscription = (InMemorySubscription) broker.subscribe(STREAM, sink);
        broker.fail(new IOException("fix it"));
        subscription.unlessClosed(InMemorySubscription::stayInContact);
        assertThat(sink.breaches()).isEmpty();
    }

    private StateRecord record(String partition, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new StateRecord(partition, Integer.toString(pushed++), Instant.EPOCH, null, bytes, Map.of());
    }
}

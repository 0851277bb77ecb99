package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged aggregate is a rejected record in the status. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class DamagedAggregateTest {

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final List<LatestState<String>> open = new ArrayList<>();

    @AfterEach
    void stop() {
        open.forEach(LatestState::close);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT1H", "PT72H"})
    void theLookBackRejectsADamagedAggregateAndGoesOn(Duration age) {
        Instant then = Instant.now().minus(age);
        stream.put(then.minus(age), "one");
        put(then, KplAggregate.damaged("two"));
        BigInteger last = put(then, KplAggregate.damaged("three"));
        LatestState<String> state = open("polling");
        assertThat(state.get()).isEqualTo("one");
        assertThat(state.status().rejected()).isEqualTo(2);
        put(Instant.now(), KplAggregate.of("four"));
        awaitThat(() -> state.get().equals("four"));
        assertThat(state.status().rejected()).isEqualTo(2);
        assertThat(last).as("newest first").isGreaterThan(lastRejected(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void followingRejectsADamagedAggregateAndTheLastGoodStateStays(String fanOut) {
        stream.put(Instant.now().minusSeconds(5), "one");
        LatestState<String> state = open(fanOut);
        stream.put(Instant.now(), "two");
        BigInteger damaged = put(Instant.now(), KplAggregate.damaged("three"));
        awaitThat(() -> state.status().rejected() == 1 && state.get().equals("two"));
        assertThat(lastRejected(state)).isEqualTo(damaged);
        stream.put(Instant.now(), "four");
        awaitThat(() -> state.get().equals("four"));
        assertThat(state.status().accepted()).isEqualTo(3);
        assertThat(state.status().rejected()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void aDamagedAggregateThatIsSupersededInTheSameReadIsIgnored(String fanOut) {
        put(Instant.now().minusSeconds(5), KplAggregate.damaged("one"));
        stream.put(Instant.now().minusSeconds(5), "two");
        LatestState<String> state = open(fanOut);
        assertThat(state.get()).isEqualTo("two");
        assertThat(state.status().rejected()).isZero();
    }

    private BigInteger put(Instant arrival, byte[] payload) {
        return stream.put(stream.openShards().get(0), arrival, payload);
    }

    /** The position of the last rejection, after checking its place and cause. */
    private static BigInteger lastRejected(LatestState<String> state) {
        var rejection = state.status().lastRejection().orElseThrow();
        assertThat(rejection.origin().partition()).isEqualTo("shardId-000000000000");
        assertThat(rejection.cause()).hasMessageContainingAll("Kinesis Producer Library", "KPL", "digest");
        return new BigInteger(rejection.origin().position());
    }

    private LatestState<String> open(String fanOut) {
        LatestStateBuilder<String> builder =
                LatestState.builder((payload, origin) -> new String(payload, UTF_8))
                        .subscriber(new KinesisSubscriber())
                        .stream(stream.name());
        server.settings().with("state.fan.out", fanOut).settings().forEach(builder::setting);
        LatestState<String> state = builder.open();
        open.add(state);
        state.awaitReady(Duration.ofSeconds(60));
        return state;
    }
}

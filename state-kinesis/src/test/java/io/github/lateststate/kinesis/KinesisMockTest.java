package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rig itself. */
@NeedsNode
class KinesisMockTest {

    @Test
    void keepsWhatItHoldsWhileItIsAwayAndLosesItWhenItIsKilled() {
        try (KinesisMock mock = KinesisMock.start();
                TestStreams streams = new TestStreams(mock.endpoint())) {
            String stream = streams.stream(1);
            mock.leave();
            assertThat(streams.answers()).isFalse();
            mock.comeBack();
            assertThat(streams.shards(stream)).hasSize(1);
            mock.freeze();
            mock.thaw();
            mock.kill();
            mock.restart();
            assertThat(streams.client().listStreams().streamNames()).isEmpty();
        }
    }
}

package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the emulator's own handling. */
class KinesisMockTest {

    @RegisterExtension
    static final KinesisMock mock = new KinesisMock();

    @Test
    void theEmulatorKeepsItsRecordsWhileItIsAwayAndLosesThemWhenItIsKilled() {
        TestStreams streams = mock.streams();
        String stream = streams.stream(1);
        mock.leave();
        assertThat(streams.answers()).isFalse();
        mock.comeBack();
        assertThat(streams.shards(stream)).hasSize(1);
        mock.freeze();
        mock.thaw();
        mock.kill();
        mock.start();
        assertThat(streams.client().listStreams().streamNames()).isEmpty();
    }
}

package io.github.lateststate.kinesis;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every subscriber, with enhanced fan-out from kinesis-mock. */
class FanOutContractTest extends KinesisContract {

    @RegisterExtension
    static final KinesisMock mock = new KinesisMock();

    @Override
    TestStreams streams() {
        return mock.streams();
    }

    @Override
    String fanOut() {
        return "enhanced";
    }

    @Override
    protected void beginOutage() {
        mock.leave();
    }

    @Override
    protected void endOutage() {
        mock.comeBack();
    }
}

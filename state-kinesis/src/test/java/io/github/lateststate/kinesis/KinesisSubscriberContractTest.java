package io.github.lateststate.kinesis;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every subscriber, polling kinesis-mock. */
class KinesisSubscriberContractTest extends KinesisContract {

    @RegisterExtension
    static final KinesisMock mock = new KinesisMock();

    @Override
    TestStreams streams() {
        return mock.streams();
    }

    @Override
    String fanOut() {
        return "polling";
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

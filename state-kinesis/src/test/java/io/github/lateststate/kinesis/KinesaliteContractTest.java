package io.github.lateststate.kinesis;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of every subscriber, polling kinesalite, which speaks only HTTP/1.1. */
class KinesaliteContractTest extends KinesisContract {

    @RegisterExtension
    static final KinesisMock kinesalite = KinesisMock.kinesalite();

    @Override
    TestStreams streams() {
        return kinesalite.streams();
    }

    @Override
    String fanOut() {
        return "polling";
    }

    @Override
    boolean knowsArns() {
        return false;
    }

    @Override
    protected void beginOutage() {
        kinesalite.leave();
    }

    @Override
    protected void endOutage() {
        kinesalite.comeBack();
    }
}

package io.github.lateststate.kinesis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;

/** The contract of every subscriber, polling LocalStack in a container. */
@NeedsDocker
class LocalStackContractTest extends KinesisContract {

    private static LocalStackContainer container;
    private static TestStreams streams;

    @BeforeAll
    static void startContainer() {
        container = new LocalStackContainer("localstack/localstack:4.9.2").withServices("kinesis");
        container.start();
        streams = new TestStreams(container.getEndpoint());
    }

    @AfterAll
    static void stopContainer() {
        streams.close();
        container.close();
    }

    @Override
    TestStreams streams() {
        return streams;
    }

    @Override
    String fanOut() {
        return "polling";
    }

    @Override
    protected void beginOutage() {
        DockerClientFactory.instance()
                .client()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    protected void endOutage() {
        DockerClientFactory.instance()
                .client()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }
}

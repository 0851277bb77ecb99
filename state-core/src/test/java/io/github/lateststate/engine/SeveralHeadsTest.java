package io.github.lateststate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeveralHeadsTest {

    @Test
    void theWarningUsesTheWordsOfTheBroker() {
        assertThat(SeveralHeads.warning("Topic 'models'", 3, "partition", "the producers'"))
                .contains("Topic 'models' has 3 partitions, so the state is the newest head by the producers'"
                        + " timestamps. Use one partition if you can.");
        assertThat(SeveralHeads.warning("The stream 'models'", 2, "shard", "Kinesis'"))
                .contains("The stream 'models' has 2 shards, so the state is the newest head by Kinesis'"
                        + " timestamps. Use one shard if you can.");
    }

    @Test
    void oneHeadNeedsNoWarning() {
        assertThat(SeveralHeads.warning("Topic 'models'", 1, "partition", "the producers'"))
                .isEmpty();
    }
}

package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final int READS = 100_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ManualSubscriber broker = new ManualSubscriber();

    @Test
    void readingAllocatesNothing() {
        try (LatestState<String> state = broker.state().open()) {
            broker.caughtUp();
            broker.offer(1, "a");
            allocatedByReading(state); // loads all classes
            assertThat(allocatedByReading(state)).isLessThan(READS / 10);
        }
    }

    private long allocatedByReading(LatestState<String> state) {
        long before = threads.getCurrentThreadAllocatedBytes();
        int present = 0;
        for (int i = 0; i < READS; i++) {
            present += state.get().length() + state.value().orElseThrow().length();
            present += state.current().value().orElseThrow().length();
        }
        assertThat(present).isEqualTo(3 * READS);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

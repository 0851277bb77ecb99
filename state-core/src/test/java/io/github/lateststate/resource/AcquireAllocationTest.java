package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AcquireAllocationTest {

    private static final int READS = 100_000;
    private static final int LARGEST_LEASE = 32;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void acquireAllocatesOnlyTheLease() {
        try (Models models = new Models();
                LatestResource<String, Model> resource = models.resource().open()) {
            models.swapTo("a", resource);
            allocatedByReading(resource); // loads all classes
            assertThat(allocatedByReading(resource)).isLessThan((long) READS * LARGEST_LEASE + READS / 10);
        }
    }

    private long allocatedByReading(LatestResource<String, Model> resource) {
        long before = threads.getCurrentThreadAllocatedBytes();
        int read = 0;
        for (int i = 0; i < READS; i++) {
            try (Lease<String, Model> lease = resource.acquire()) {
                read += lease.get().toString().length();
            }
        }
        assertThat(read).isEqualTo(READS);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchTest {

    @Test
    void aFailedLookDoesNotEndTheSchedule() {
        AtomicInteger looks = new AtomicInteger();
        try (LogCapture log = new LogCapture()) {
            Future<?> watch = Watch.each(looks, count -> {
                if (count.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("Java heap space");
                }
            });
            await().until(() -> looks.get() > 1);
            watch.cancel(false);
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("Java heap space");
        }
    }
}

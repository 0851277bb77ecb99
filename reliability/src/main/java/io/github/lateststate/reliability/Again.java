package io.github.lateststate.reliability;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Tries or checks again until a time is over. */
final class Again {

    private static final int PAUSE_MILLIS = 50;

    private Again() {}

    /** Tries until it succeeds. Throws what the last try threw. */
    static void until(String what, Duration patience, Fault.Step step) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                step.run();
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(what + " failed for " + patience, e);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Asks until the answer is yes. Returns whether it came in time. */
    static boolean within(Duration patience, Callable<Boolean> question) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!question.call()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return true;
    }
}

package io.github.lateststate.demo.web;

import io.github.lateststate.SubscriberNotFoundException;
import io.github.lateststate.spi.InvalidSettingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a program has opened, and how it ends: closed in the reverse order, at a SIGTERM within 5 s. */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    /** What is left of the 5 s that a SIGTERM may take goes to the end of the JVM. */
    private static final long MILLIS_TO_CLOSE = 4_500;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ending;

    /**
     * Starts a program, and returns when it was ended by a signal. What keeps it from starting is said in one line, and ends the
     * JVM with exit code 1.
     */
    public static void run(Consumer<Lifecycle> program) {
        Lifecycle life = new Lifecycle();
        Runtime.getRuntime().addShutdownHook(new Thread(life::closeInTime, "shutdown"));
        try {
            life.start(program);
            life.closed.await();
        } catch (CannotStartException | InvalidSettingException | SubscriberNotFoundException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException | Error e) {
            // a JVM that is ending refuses a starting broker its shutdown hooks
            if (!life.ending) {
                LOG.error("Cannot start", e);
            }
            // threads of the broker or of the web server may run already: without an exit they would go on
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins with nothing opened. */
    public Lifecycle() {}

    /** Runs what opens things; a close that comes meanwhile waits for it. On failure the caller closes this. */
    public synchronized void start(Consumer<Lifecycle> program) {
        program.accept(this);
    }

    /** Takes over the closing of something. */
    public synchronized <C extends AutoCloseable> C opened(C next) {
        opened.push(next);
        return next;
    }

    /** Whether a close is waiting for the start, which then needs not go on. */
    public boolean isEnding() {
        return ending;
    }

    /** Waits for a start that is under way. Closes what was opened, in the reverse order. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("Could not close {}", next, e);
            }
        }
        closed.countDown();
    }

    private void closeInTime() {
        ending = true;
        Thread closing = new Thread(this::close, "close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(MILLIS_TO_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

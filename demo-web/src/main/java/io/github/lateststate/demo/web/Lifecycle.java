package io.github.lateststate.demo.web;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.PlainText;
import io.github.lateststate.SubscriberNotFoundException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a program has opened. It is closed in the reverse order; after a SIGTERM, within 5 s. */
public final class Lifecycle implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Lifecycle.class);

    /** The rest of the 5 s after a SIGTERM is for the JVM to end. */
    private static final long MILLIS_TO_CLOSE = 4_500;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ending;

    /**
     * Starts a program, and returns when a signal has ended it. If the program cannot start, this prints the reason in one line and
     * ends the JVM with exit code 1.
     */
    public static void run(Consumer<Lifecycle> program) {
        // Otherwise the AWS SDK's Netty uses methods that Java 24 and newer warn of.
        System.getProperties().putIfAbsent("io.netty.noUnsafe", "true");
        Lifecycle life = new Lifecycle();
        Runtime.getRuntime().addShutdownHook(new Thread(life::closeInTime, "shutdown"));
        try {
            life.start(program);
            life.closed.await();
        } catch (CannotStartException | InvalidSettingException | SubscriberNotFoundException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException | Error e) {
            // a broker cannot add its shutdown hooks while the JVM is ending
            if (!life.ending) {
                logger.error("The server cannot start", PlainText.trace(e));
            }
            // threads of the broker or of the web server may already run, and would keep the JVM alive
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing is open yet. */
    public Lifecycle() {}

    /** Runs the start. A close meanwhile waits for it. If the start fails, the caller closes this. */
    public synchronized void start(Consumer<Lifecycle> program) {
        program.accept(this);
    }

    /** Adds something to close at the end. */
    public synchronized <C extends AutoCloseable> C opened(C next) {
        opened.push(next);
        return next;
    }

    /** Returns whether a close is waiting for the start to return. The start then need not go on. */
    public boolean isEnding() {
        return ending;
    }

    /** Waits for a start that is still running, and then closes what was opened, in the reverse order. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                logger.warn("Cannot close {} while the server stops", next, PlainText.trace(e));
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

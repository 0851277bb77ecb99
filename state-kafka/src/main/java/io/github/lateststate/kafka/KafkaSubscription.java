package io.github.lateststate.kafka;

import io.github.lateststate.spi.OutageBackoff;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppableSink;
import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.Subscription;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the thread that looks back and follows, and begins a new session when one ends. */
final class KafkaSubscription implements Subscription {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4_000);

    private final KafkaSettings settings;
    private final StateSink sink;
    private final StopSignal stop = new StopSignal();
    private final FollowedLog log = new FollowedLog();
    private final OutageBackoff backoff = new OutageBackoff();
    private final Thread thread;
    private volatile String progress = "connecting";
    private boolean caughtUp;

    KafkaSubscription(KafkaSettings settings, StateSink sink) {
        this.settings = settings;
        this.sink = new StoppableSink(sink, stop::isSet);
        this.thread = new Thread(this::run, "latest-state-kafka-" + settings.topic());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public String group() {
        return settings.group();
    }

    @Override
    public String progress() {
        return progress;
    }

    @Override
    public void close() {
        stop.stop();
        if (Thread.currentThread() == thread) {
            return; // called from the sink: the thread ends when that call returns
        }
        boolean interrupted = false;
        long deadline = System.nanoTime() + CLOSE_NANOS;
        for (long left = CLOSE_NANOS; left > 0 && thread.isAlive(); left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stop.isSet()) {
            try (Admin admin = KafkaClients.admin(settings)) {
                try {
                    session(admin);
                } finally {
                    KafkaClients.close(admin);
                }
            } catch (StoppedException | WakeupException e) {
                logger.debug("Closed {}", settings);
            } catch (Throwable e) { // whatever it is: a thread that has ended would leave the state stale for ever
                if (!goOnAfter(e)) {
                    return;
                }
            }
        }
    }

    private void session(Admin admin) {
        KafkaSession session = new KafkaSession(settings, log, admin, sink, stop, doing -> progress = doing);
        LogBounds bounds = session.lookBack(this::lookedBack);
        progress = "following " + bounds.topic().size() + " partition"
                + (bounds.topic().size() == 1 ? "" : "s");
        String reason = session.follow(bounds, backoff::reset);
        logger.info("Looking back again in topic '{}': {}", settings.topic(), reason);
        stop.pause(backoff.next(false));
    }

    /** Later look-backs may have had nothing to read, and so prove nothing: contact is left to the follower then. */
    private void lookedBack(LogBounds bounds) {
        if (!caughtUp) {
            caughtUp = true;
            sink.contact(bounds.askedAt(), bounds.holdNewerThan(log::position));
            sink.caughtUp();
            warnOfPartitions(bounds.topic());
        }
    }

    private boolean goOnAfter(Throwable e) {
        RuntimeException explained = Trouble.explained(e, settings);
        try {
            if (Trouble.isFinal(e)) {
                progress = "gave up";
                sink.failed(explained);
                return false;
            }
            progress = "waiting to try again";
            sink.interrupted(explained);
            stop.pause(backoff.next(Causes.isDenied(e)));
            return true;
        } catch (StoppedException stopped) {
            return false;
        }
    }

    private void warnOfPartitions(Topic topic) {
        if (topic.size() > 1) {
            logger.warn(
                    "Topic '{}' has {} partitions: the newest of their last records is the state, by the clocks of the producers",
                    topic.name(),
                    topic.size());
        }
    }
}

package io.github.lateststate.kinesis;

import io.github.lateststate.engine.SerialLoop;
import io.github.lateststate.spi.OutageBackoff;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppableSink;
import io.github.lateststate.spi.Subscription;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the thread, the client and the session. */
final class KinesisSubscription implements Subscription {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);
    private static final Duration CLOSE = Duration.ofMillis(4_500);

    private final KinesisSettings settings;
    private final @Nullable KinesisClients passed;
    private final StateSink sink;
    private final SerialLoop loop;
    private final OpenCalls openCalls = new OpenCalls();
    private final OutageBackoff backoff = new OutageBackoff();
    private final String threadName;
    private @Nullable KinesisClients clients;
    private @Nullable StreamSession session;
    private @Nullable Thread shutdownHook;
    private volatile String progress = "connecting";

    KinesisSubscription(KinesisSettings settings, @Nullable KinesisClients passed, StateSink sink) {
        this.settings = settings;
        this.passed = passed;
        this.sink = new StoppableSink(sink, this::isClosed);
        this.threadName = "latest-state-kinesis-" + settings.stream().name();
        this.loop = SerialLoop.onOwnThread(threadName, this::crashed);
    }

    void start() {
        if (settings.enhanced()) { // a leftover consumer costs money
            shutdownHook = new Thread(this::close, threadName + "-shutdown");
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        }
        loop.execute(this::connect);
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
        removeShutdownHook();
        loop.close(this::disconnect, CLOSE);
    }

    private void connect() {
        KinesisClients made = clients;
        if (made == null) {
            made = passed == null ? KinesisClients.make(settings, threadName) : passed;
            clients = made;
        }
        KinesisSettings known = settings.in(made.region());
        ConsumerCalls consumerCalls =
                known.enhanced() ? new KinesisConsumerCalls(made, openCalls, known.describe()) : null;
        StreamContext context = new StreamContext(
                known,
                new KinesisCalls(made.client(), openCalls, known.stream(), loop),
                loop,
                new Contact(sink, loop),
                doing -> progress = doing,
                KinesisSubscription::random);
        session = new StreamSession(context, sink, consumerCalls);
        session.start();
    }

    private void disconnect() {
        if (session != null) {
            session.stop();
        }
        FanOut fanOut = session == null ? null : session.fanOut();
        if (fanOut != null) {
            Deregistration.of(fanOut, settings.group());
        }
        openCalls.cancelAll();
        if (clients != null) {
            clients.close();
            clients = null;
        }
        logger.debug("Closed {}", settings.describe());
    }

    /** Continues after any failure: for example there is no region, or the library has a bug. */
    private void crashed(Throwable thrown) {
        if (thrown instanceof LinkageError) {
            failed(thrown);
            return;
        }
        if (session == null) { // nothing else is under way
            progress = "waiting to retry";
            loop.after(backoff.next(true), this::connect);
            sink.interrupted(Trouble.withoutClient(thrown, settings));
        } else {
            session.pauseAfter(thrown);
        }
    }

    private void failed(Throwable cause) {
        progress = "gave up";
        sink.failed(cause);
        close();
    }

    private boolean isClosed() {
        return loop.isClosed();
    }

    private void removeShutdownHook() {
        Thread hook = shutdownHook;
        if (hook != null && Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                logger.debug("Closed while the JVM shuts down");
            }
        }
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}

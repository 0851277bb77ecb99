package io.github.lateststate.embedded;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real single-node Kafka broker in a child JVM, on 127.0.0.1, which can be killed and frozen.
 *
 * <p>The child runs this JVM's {@code java} on this JVM's class path, or on the one in the system property {@value #CLASS_PATH}. Set that to
 * test with an older version of kafka-clients than the broker needs. What the child prints goes to {@code broker.log} in its directory. It
 * ends when this JVM does, however this JVM ends. The only exception is a child that is frozen when this JVM is killed.
 *
 * <p>All methods may be called from any thread. Those that start, stop or signal the child block until that is done, and exclude each
 * other. The others return at once, whether the child runs or not.
 *
 * <p>This does <em>not</em> imitate a power failure: a killed broker keeps every acknowledged record, because the system's page cache
 * outlives it. Freezing needs the command {@code kill}, so it does not work on Windows.
 */
public final class KafkaProcess implements AutoCloseable {

    /** Names the system property with the class path of the child, this module included. */
    public static final String CLASS_PATH = "embedded.kafka.class.path";

    private final BrokerSettings settings;
    private final List<String> jvmOptions;
    private @Nullable ChildJvm child;
    private boolean closed;

    KafkaProcess(BrokerSettings settings, List<String> jvmOptions) {
        this.settings = settings;
        this.jvmOptions = jvmOptions;
    }

    /**
     * Returns a builder for a broker. By default the broker has a free port and a temporary directory.
     *
     * @return a builder, whose {@link BrokerBuilder#start()} starts the broker
     */
    public static BrokerBuilder<KafkaProcess> builder() {
        return new BrokerBuilder<>(KafkaProcess::started);
    }

    private static KafkaProcess started(BrokerSettings settings) {
        KafkaProcess kafka = new KafkaProcess(settings, List.of());
        try {
            kafka.start();
            return kafka;
        } catch (Throwable failure) {
            kafka.close();
            throw failure;
        }
    }

    /**
     * Returns where clients without authentication connect to.
     *
     * @return a value for {@code bootstrap.servers}
     */
    public String bootstrapServers() {
        return bootstrapServers(Listener.PLAIN);
    }

    /**
     * Returns where the clients of a listener connect to.
     *
     * @param listener the name of a listener
     * @return a value for {@code bootstrap.servers}
     * @throws IllegalArgumentException if there is no such listener
     */
    public String bootstrapServers(String listener) {
        return settings.listener(listener).address();
    }

    /**
     * Returns the port of the {@code PLAINTEXT} listener. It is the same after a restart.
     *
     * @return the port
     */
    public int port() {
        return settings.listener(Listener.PLAIN).port();
    }

    /**
     * Returns where the broker keeps its data and its {@code broker.log}.
     *
     * @return a directory
     */
    public Path directory() {
        return settings.directory().path();
    }

    /**
     * Starts the broker again, on the same port and the same data, and waits until it serves clients. Does nothing if it runs.
     *
     * @throws PortInUseException if something else took one of its ports meanwhile; it can be tried again
     * @throws BrokerNotStartedException if Kafka could not start for another reason
     * @throws IllegalStateException if it was closed
     */
    public synchronized void start() {
        if (launch()) {
            awaitReady();
        }
    }

    /** Returns whether there was something to launch. */
    synchronized boolean launch() {
        if (closed) {
            throw new IllegalStateException("This broker was closed. Build another one.");
        }
        if (child != null && child.alive()) {
            return false;
        }
        kill();
        settings.requireFreePorts();
        child = ChildJvm.launch(settings, jvmOptions);
        return true;
    }

    synchronized void awaitReady() {
        running().awaitReady();
    }

    /** Kills the broker (SIGKILL), frozen or not, and waits for its end. Does nothing if it does not run. */
    public synchronized void kill() {
        if (child != null) {
            child.kill();
            child = null;
        }
    }

    /** Stops the broker cleanly (SIGTERM) and waits for its end. A frozen broker is resumed first. Does nothing if it does not run. */
    public synchronized void stop() {
        if (child != null) {
            child.stop();
            child = null;
        }
    }

    /**
     * Freezes the broker (SIGSTOP): its connections stay open, and it answers nobody.
     *
     * @throws IllegalStateException if it does not run
     * @throws UnsupportedOperationException if this system has no {@code kill} command
     */
    public synchronized void freeze() {
        running().freeze();
    }

    /**
     * Lets a frozen broker go on (SIGCONT). Does nothing to one that is not frozen.
     *
     * @throws IllegalStateException if it does not run
     * @throws UnsupportedOperationException if this system has no {@code kill} command
     */
    public synchronized void resume() {
        running().resume();
    }

    /**
     * Ends the broker for good. A temporary directory is deleted; with a given one, the broker is stopped cleanly. Does nothing the
     * second time.
     */
    @Override
    public synchronized void close() {
        closed = true;
        if (settings.directory().temporary()) {
            kill();
            settings.directory().deleteIfTemporary();
        } else {
            stop();
        }
    }

    synchronized long pid() {
        return running().pid();
    }

    private ChildJvm running() {
        ChildJvm running = child;
        if (running == null) {
            throw new IllegalStateException("The broker does not run. Call start() first.");
        }
        return running;
    }
}

package io.github.lateststate.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A real single-node Kafka broker in this JVM, on 127.0.0.1.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
 *     Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
 * }
 * }</pre>
 *
 * <p>A topic is not created when a client names it ({@code auto.create.topics.enable=false}), and the broker is as small as a broker can
 * be. It logs through slf4j; this module brings no logging backend.
 *
 * <p>All methods may be called from any thread. Those that start and stop the broker block until that is done, and exclude each other;
 * the others return at once, whether the broker runs or not.
 *
 * <p>A broker in this JVM can<em>not</em> be killed or frozen without the JVM; use a {@link KafkaProcess} for that. Kafka
 * ends its process on faults it cannot recover from. From the first start of an {@code EmbeddedKafka} on, this is turned off for the
 * whole JVM, and such a fault is logged instead. The broker may be unusable afterwards, until it is restarted.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final BrokerSettings settings;
    private @Nullable Broker running;
    private boolean closed;

    private EmbeddedKafka(BrokerSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns a builder for a broker. By default the broker has a free port and a temporary directory.
     *
     * @return a builder, whose {@link BrokerBuilder#start()} starts the broker
     */
    public static BrokerBuilder<EmbeddedKafka> builder() {
        return new BrokerBuilder<>(EmbeddedKafka::started);
    }

    private static EmbeddedKafka started(BrokerSettings settings) {
        EmbeddedKafka kafka = new EmbeddedKafka(settings);
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
     * Returns where the broker keeps its data.
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
        if (closed) {
            throw new IllegalStateException("This broker was closed. Build another one.");
        }
        if (running != null) {
            return;
        }
        settings.requireFreePorts();
        ExitGuard.install();
        try {
            running = Broker.start(settings.brokerProperties(), settings.clusterId());
        } catch (Exception e) {
            throw new BrokerNotStartedException(directory(), e);
        }
    }

    /** Stops the broker cleanly and waits for its end. The data stays. Does nothing if it does not run. */
    public synchronized void stop() {
        Broker stopping = running;
        if (stopping != null) {
            running = null;
            stopping.stop();
        }
    }

    /**
     * Stops the broker and starts it again, on the same port and the same data.
     *
     * @throws BrokerNotStartedException if Kafka could not start again
     * @throws PortInUseException if something else took one of its ports
     * @throws IllegalStateException if it was closed
     */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Stops the broker for good, and deletes its directory if it was a temporary one. Does nothing the second time. */
    @Override
    public synchronized void close() {
        closed = true;
        stop();
        settings.directory().deleteIfTemporary();
    }
}

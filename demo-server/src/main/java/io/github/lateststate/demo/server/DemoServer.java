package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.SubscriberNotFoundException;
import io.github.lateststate.spi.InvalidSettingException;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: a state, the web API in front of it, and, where no stream is named, a broker behind it. */
final class DemoServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoServer.class);

    /** What is left of the 5 s that a SIGTERM may take goes to the end of the JVM. */
    private static final long MILLIS_TO_CLOSE = 4_500;

    private final Map<String, String> env;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private volatile boolean stopping;

    DemoServer(Map<String, String> env) {
        this.env = env;
    }

    public static void main(String[] args) {
        DemoServer server = new DemoServer(System.getenv());
        Runtime.getRuntime().addShutdownHook(new Thread(server::closeInTime, "shutdown"));
        try {
            server.start();
        } catch (CannotStartException | InvalidSettingException | SubscriberNotFoundException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException | Error e) {
            // a JVM that is ending refuses a starting broker its shutdown hooks
            if (!server.stopping) {
                LOG.error("Cannot start", e);
            }
            // threads of the broker or of the web server may run already: without an exit they would go on
            System.exit(1);
        }
    }

    /** Returns when the API can be used; the state comes when it comes. On failure the caller closes this. */
    synchronized void start() {
        HttpAddress address = HttpAddress.of(env);
        address.requireFree();
        Map<String, String> stream = streamEnvironment();
        if (stopping) {
            return;
        }
        LatestState<StateMessage> state = LatestState.builder(StateMessage.decoder())
                .environment(stream)
                .initial(StateMessage.INITIAL)
                .open();
        opened.push(state);
        Javalin http = WebApi.of(state, InstantSource.system());
        opened.push(http::stop);
        try {
            http.start(address.host(), address.port());
        } catch (JavalinException e) {
            throw address.notUsable(e);
        }
        LOG.info("The state is at http://{}:{}/state", address.host(), http.port());
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
    }

    private Map<String, String> streamEnvironment() {
        Map<String, String> stream = new HashMap<>();
        stream.put("KAFKA_CREATE_TOPIC", "true");
        stream.putAll(env);
        if (!LatestStateBuilder.isNamedIn(stream)) {
            DefaultBroker broker = DefaultBroker.start();
            opened.push(broker);
            stream.putAll(broker.environment());
        }
        return stream;
    }

    private void closeInTime() {
        stopping = true;
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

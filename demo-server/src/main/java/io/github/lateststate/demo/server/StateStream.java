package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.github.lateststate.Registration;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.ServiceUnavailableResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state as server-sent events: the current one, then each change, and the status. A client costs a connection and no thread. A slow
 * client skips superseded states.
 */
final class StateStream implements Handler {

    private static final Logger logger = LoggerFactory.getLogger(StateStream.class);

    /** An event has a few hundred bytes. Jetty's 32 KiB for each client would be wasted. */
    private static final int BUFFER_BYTES = 2_048;

    /** By default the system would buffer megabytes for a client that does not read. */
    private static final int SOCKET_BUFFER_BYTES = 16_384;

    private static final int MILLIS_TO_FINISH = 200;

    private final LatestState<StateMessage> state;
    private final StreamFeed feed;
    private final Set<StreamClient> clients = ConcurrentHashMap.newKeySet();
    private final Set<ResponseEnd> responses = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "state-stream");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Registration changes;
    private @Nullable Registration statuses;
    private @Nullable Future<?> ticking;
    private volatile boolean closed;

    StateStream(LatestState<StateMessage> state, InstantSource clock) {
        this.state = state;
        this.feed = new StreamFeed(state, clock);
    }

    /** Follows the state from the start of the server until it stops. */
    void liveWith(JavalinConfig config) {
        config.events.serverStarting(this::start);
        config.events.serverStopping(this::close);
    }

    @Override
    public void handle(Context ctx) throws IOException {
        if (closed) {
            throw new ServiceUnavailableResponse("The server is stopping.");
        }
        HttpServletResponse response = ctx.res();
        response.setContentType("text/event-stream");
        response.setHeader(Header.CACHE_CONTROL, "no-store");
        // a proxy that buffers answers would hold the events back
        response.setHeader(Header.X_ACCEL_BUFFERING, "no");
        if (ctx.method().equals(HandlerType.GET)) {
            open(ctx);
        } else {
            response.flushBuffer(); // otherwise Jetty adds a length of 0 at the end
        }
    }

    /** Returns the number of clients. */
    int size() {
        return clients.size();
    }

    /** Call it once a second. */
    void tick() {
        feed.tick();
        clients.forEach(StreamClient::closeIfStuck);
        sendAll();
    }

    void sendAll() {
        clients.forEach(StreamClient::send);
    }

    private void start() {
        changes = state.listen(current -> {
            feed.stateChanged();
            sendAll();
        });
        statuses = state.listenStatus(status -> {
            feed.statusChanged();
            sendAll();
        });
        ticking = clock.scheduleAtFixedRate(this::tryToTick, 1, 1, TimeUnit.SECONDS);
    }

    private void close() {
        closed = true;
        if (ticking != null) {
            ticking.cancel(false);
        }
        clock.shutdown();
        if (changes != null) {
            changes.close();
        }
        if (statuses != null) {
            statuses.close();
        }
        CompletableFuture<?>[] ends =
                responses.stream().map(ResponseEnd::reached).toArray(CompletableFuture<?>[]::new);
        clients.forEach(StreamClient::finish);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, MILLIS_TO_FINISH, TimeUnit.MILLISECONDS)
                .join();
        clients.forEach(StreamClient::close); // those that do not read
    }

    private void tryToTick() {
        try {
            tick();
        } catch (RuntimeException e) { // an exception would end the ticking
            logger.error("The event stream of the state failed", e);
        }
    }

    private void open(Context ctx) throws IOException {
        ctx.res().setBufferSize(BUFFER_BYTES);
        EndPoint connection = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        limitBuffer(connection);
        StreamClient client = new StreamClient(
                feed, ctx.queryParam("history") != null, ctx.res().getOutputStream(), connection, clients::remove);
        AsyncContext async = ctx.req().startAsync();
        async.setTimeout(0); // the stream has no time limit
        ResponseEnd end = new ResponseEnd(responses::remove);
        responses.add(end);
        async.addListener(end);
        // Javalin completes the response when this completes
        ctx.future(client::end);
        // before any write, which would block otherwise; Jetty calls the client when this method has returned
        ctx.res().getOutputStream().setWriteListener(client);
        clients.add(client);
        if (closed) { // it was closed since the first check
            client.close();
        }
    }

    private static void limitBuffer(EndPoint connection) throws IOException {
        if (connection instanceof SelectableChannelEndPoint selectable
                && selectable.getChannel() instanceof NetworkChannel socket) {
            socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        }
    }
}

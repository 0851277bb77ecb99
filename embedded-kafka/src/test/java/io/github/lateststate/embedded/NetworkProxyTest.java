package io.github.lateststate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy in front of a server that sends back each byte. */
final class NetworkProxyTest {

    private ServerSocket server;
    private NetworkProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0);
        ProxiedConnection.thread("echo", this::serve);
        proxy = NetworkProxy.to(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void bytesGoBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
            assertThat(proxy.connections()).isEqualTo(1);
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void aCutClosesConnectionsAndRefusesNewOnesUntilItHeals() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
            proxy.cut();
            assertThat(isClosed(client)).isTrue();
        }
        try (Socket refused = connect()) {
            assertThat(isClosed(refused)).isTrue();
        }
        proxy.heal();
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
        }
    }

    @Test
    void existingConnectionsOutliveARefusalOfNewOnes() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
            proxy.refuse();
            assertThat(echo(client)).isEqualTo(7);
            try (Socket refused = connect()) {
                assertThat(isClosed(refused)).isTrue();
            }
        }
    }

    @Test
    void theConnectionsThatFetchedCanFallSilentAlone() throws IOException {
        byte[] fetch = {0, 0, 0, 2, 0, 1};
        byte[] metadata = {0, 0, 0, 2, 0, 3};
        try (Socket fetching = connect();
                Socket asking = connect()) {
            fetching.getOutputStream().write(metadata);
            fetching.getOutputStream().write(fetch);
            asking.getOutputStream().write(metadata);
            assertThat(fetching.getInputStream().readNBytes(12)).endsWith(fetch);
            assertThat(asking.getInputStream().readNBytes(6)).isEqualTo(metadata);
            proxy.killFetchConnectionsSilently();
            assertSilent(fetching);
            assertThat(echo(asking)).isEqualTo(7);
        }
    }

    @Test
    void halfOpenConnectionsStaySilentAndNewOnesWork() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
            proxy.killConnectionsSilently();
            assertSilent(client);
            proxy.heal();
            try (Socket another = connect()) {
                assertThat(echo(another)).isEqualTo(7);
            }
            assertSilent(client);
        }
    }

    @Test
    void dataThatIsHeldBackArrivesWhenTheProxyHeals() throws IOException {
        try (Socket client = connect()) {
            assertThat(echo(client)).isEqualTo(7);
            proxy.holdBack();
            assertSilent(client);
            proxy.heal();
            client.setSoTimeout(0);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void aDelayedByteArrivesAfterTheDelay() throws IOException {
        Duration delay = Duration.ofMillis(200);
        proxy.delay(delay);
        try (Socket client = connect()) {
            long sent = System.nanoTime();
            assertThat(echo(client)).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(delay.multipliedBy(2));
        }
    }

    @Test
    void aBrokerAdvertisesTheProxyItIsBehind() {
        try (NetworkProxy before = NetworkProxy.start();
                EmbeddedKafka kafka = EmbeddedKafka.builder().behind(before).start()) {
            assertThat(kafka.bootstrapServers("PROXIED")).isEqualTo(before.address());
            Clients.of(kafka.bootstrapServers()).createTopic("state", 1);
            Clients clients = Clients.of(before.address());
            clients.send("state", "first");
            assertThat(clients.values("state")).containsExactly("first");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static int echo(Socket client) throws IOException {
        client.getOutputStream().write(7);
        return client.getInputStream().read();
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(100);
        assertThatThrownBy(() -> echo(client)).isInstanceOf(SocketTimeoutException.class);
    }

    private static boolean isClosed(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (IOException e) {
            return true; // reset
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                ProxiedConnection.thread("echo-connection", () -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        // the client has gone
                    }
                });
            } catch (IOException e) {
                // closed
            }
        }
    }
}

package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.KafkaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A hundred closed states leave nothing behind. The broker is in another JVM. So are the other tests and their brokers,
 * because this test runs in the phase integration-test. Everything in this JVM belongs to those states.
 */
class LeftoversIT {

    private static final int CYCLES = 90;
    private static final int TOGETHER = 10;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static KafkaProcess broker;
    private static String topic;
    private static Set<String> threadsBefore;
    private static Set<String> clientsBefore;
    private static Set<String> socketsBefore;

    @BeforeAll
    static void openAndCloseManyTimes() {
        broker = KafkaProcess.builder().start();
        try (TestClients clients = new TestClients(broker.bootstrapServers())) {
            topic = clients.topic();
            clients.publish(topic, "value");
        }
        openAndCloseTogether(1); // loads classes, and with them whatever they keep for ever
        threadsBefore = threads();
        clientsBefore = clients();
        socketsBefore = sockets();
        openAndClose(CYCLES);
        openAndCloseTogether(TOGETHER);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void closedStatesLeaveNoThread() {
        awaitNothingMoreThan(threadsBefore, LeftoversIT::threads);
    }

    @Test
    void closedStatesLeaveNoClient() {
        awaitNothingMoreThan(clientsBefore, LeftoversIT::clients);
    }

    @Test
    void closedStatesLeaveNoSocket() {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "open sockets are counted in " + DESCRIPTORS + ", which Linux has");
        awaitNothingMoreThan(socketsBefore, LeftoversIT::sockets);
    }

    private static void awaitNothingMoreThan(Set<String> before, Supplier<Set<String>> things) {
        await().untilAsserted(() -> assertThat(before).containsAll(things.get()));
    }

    /** Closes every second state before it is ready. */
    private static void openAndClose(int times) {
        for (int i = 0; i < times; i++) {
            try (LatestState<String> state =
                    States.following(topic, broker.bootstrapServers()).open()) {
                if (i % 2 == 0) {
                    States.awaitReady(state);
                    assertThat(state.get()).isEqualTo("value");
                }
            }
        }
    }

    /** Closes them when each has asked the broker, for which they need an admin client. */
    private static void openAndCloseTogether(int number) {
        List<LatestState<String>> states = Stream.generate(
                        () -> States.following(topic, broker.bootstrapServers()).open())
                .limit(number)
                .toList();
        for (LatestState<String> state : states) {
            States.awaitReady(state);
            Optional<Instant> first = state.status().lastContact();
            await().until(() -> !state.status().lastContact().equals(first));
        }
        states.forEach(LatestState::close);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.equals("awaitility-thread")) // the thread that checks
                .collect(Collectors.toSet());
    }

    /** Each open Kafka client has a bean of this type. */
    private static Set<String> clients() {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("kafka.*:type=app-info,*"), null)
                    .stream()
                    .map(ObjectName::getCanonicalName)
                    .collect(Collectors.toSet());
        } catch (MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    /** Sockets, and the files that selectors wait with. */
    private static Set<String> sockets() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return Set.of();
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return descriptors.toList().stream()
                    .map(descriptor -> descriptor.getFileName() + " " + target(descriptor))
                    .filter(open -> open.contains("socket:") || open.contains("anon_inode:"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}

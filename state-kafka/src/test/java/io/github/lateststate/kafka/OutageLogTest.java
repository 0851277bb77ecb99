package io.github.lateststate.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.KafkaProcess;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class OutageLogTest {
    @ParameterizedTest
    @ValueSource(strings = {"rebootstrap", "none"})
    void count(String strategy) throws InterruptedException {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        try (KafkaProcess broker = KafkaProcess.builder().start();
                TestClients c = new TestClients(broker.bootstrapServers())) {
            String topic = c.topic();
            Level before = root.getLevel();
            root.getAppender("out").stop();
            root.addAppender(logged);
            root.setLevel(Level.INFO);
            try (LatestState<String> state = States.following(topic, broker.bootstrapServers())
                    .setting("metadata.recovery.strategy", strategy)
                    .open()) {
                States.awaitPhase(state, Phase.LIVE);
                int start = logged.list.size();
                broker.kill();
                Thread.sleep(30000);
                List<ILoggingEvent> all = List.copyOf(logged.list);
                root.setLevel(before);
                root.detachAppender(logged);
                root.getAppender("out").start();
                System.out.println("COUNT " + strategy + " start " + start + " outage " + (all.size() - start) + " "
                        + new TreeMap<>(all.subList(start, all.size()).stream()
                                        .collect(Collectors.groupingBy(
                                                e -> e.getLoggerName() + " " + e.getLevel() + " "
                                                        + e.getMessage()
                                                                .replaceAll("clientId=\\S+|\\d+", "")
                                                                .substring(
                                                                        0,
                                                                        Math.min(
                                                                                60,
                                                                                e.getMessage()
                                                                                                        .length()
                                                                                                < 60
                                                                                        ? 20
                                                                                        : 60)),
                                                Collectors.counting())))
                                .toString()
                                .replace(", org", "\nCOUNT  org"));
                System.out.println("START "
                        + new TreeMap<>(all.subList(0, start).stream()
                                .collect(Collectors.groupingBy(
                                        e -> e.getLoggerName() + " " + e.getLevel(),
                                        Collectors.summingInt(
                                                e -> e.getFormattedMessage().split("\n").length)))));
            }
        }
    }
}

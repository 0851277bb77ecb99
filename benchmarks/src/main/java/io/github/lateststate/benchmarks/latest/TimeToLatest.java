package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.kafka.FilledTopic;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.embedded.KafkaProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The time from opening to the latest state, in a warm JVM, by the length of the log. */
public final class TimeToLatest implements Benchmark {

    static final Peer OURS = new OurState(false);
    static final Peer FLOOR = new PlainConsumers.AssignAndSeek();
    static final List<Peer> PEERS = List.of(
            OURS,
            new OurState(true),
            FLOOR,
            new SpringContainer(true),
            new PlainConsumers.SubscribeAndSeek("consumer"),
            new PlainConsumers.SubscribeAndSeek("classic"),
            new SpringContainer(false),
            new KCache(),
            new StreamsGlobalTable());

    static final int RUNS = 21;
    static final int SLOW_RUNS = 3;

    /** Above this, the group's delay or the reading takes so long that it drowns the noise. */
    static final double SLOW_MILLIS = 1_000;

    @Override
    public String name() {
        return "latest";
    }

    @Override
    public Section run(Scale scale) throws Exception {
        List<Long> lengths = scale.of(List.of(10L), List.of(10L, 10_000L, 1_000_000L, 5_000_000L));
        List<Measured> results = new ArrayList<>();
        try (KafkaProcess broker = KafkaProcess.builder()
                // Kafka's default; embedded-kafka's own is 0
                .property("group.initial.rebalance.delay.ms", scale.of("0", "3000"))
                .start()) {
            String servers = broker.bootstrapServers();
            FilledTopic other = FilledTopic.create(servers, 2, 100);
            warmUp(servers, other, scale);
            for (int partitions : List.of(1, 64)) {
                for (long length : lengths) {
                    FilledTopic topic = FilledTopic.create(servers, partitions, length);
                    results.add(new Measured(
                            topic, measure(servers, topic, other, scale.of(1, RUNS), scale.of(1, SLOW_RUNS))));
                }
            }
        }
        return LatestReport.of(results);
    }

    /** All peers run first: what only some of them load makes the JVM compile shared code again. */
    private static void warmUp(String servers, FilledTopic topic, Scale scale) throws Exception {
        for (int i = 0; i < scale.of(0, 3); i++) {
            for (Peer peer : PEERS) {
                millisToLatest(peer, servers, topic, topic);
            }
        }
        for (int i = 0; i < scale.of(0, 300); i++) {
            millisToLatest(OURS, servers, topic, topic);
            millisToLatest(FLOOR, servers, topic, topic);
        }
    }

    /**
     * Measures in turns, so that a disturbance of the machine affects all, and in another order each time: some leave
     * more work to do after their end than others.
     */
    private static Map<Peer, Sample> measure(
            String servers, FilledTopic topic, FilledTopic other, int runs, int runsOfSlow) throws Exception {
        Map<Peer, List<Double>> millis = new LinkedHashMap<>();
        List<Peer> order = new ArrayList<>(PEERS);
        Random random = new Random(topic.records());
        for (int run = 0; run < runs; run++) {
            Collections.shuffle(order, random);
            for (Peer peer : order) {
                List<Double> measured = millis.computeIfAbsent(peer, key -> new ArrayList<>());
                boolean slow = !measured.isEmpty() && measured.get(0) > SLOW_MILLIS;
                if (!slow || run < runsOfSlow) {
                    measured.add(millisToLatest(peer, servers, topic, other));
                }
            }
        }
        Map<Peer, Sample> samples = new LinkedHashMap<>();
        millis.forEach((peer, measured) -> samples.put(peer, Sample.of(measured)));
        return samples;
    }

    private static double millisToLatest(Peer peer, String servers, FilledTopic topic, FilledTopic other)
            throws Exception {
        AutoCloseable prepared = peer.prepare(servers, other);
        CompletableFuture<String> latest = new CompletableFuture<>();
        CompletableFuture<Long> at = latest.thenApply(value -> System.nanoTime());
        long begin = System.nanoTime();
        AutoCloseable opened = peer.open(servers, topic, latest::complete);
        long end = at.get(5, TimeUnit.MINUTES);
        opened.close();
        prepared.close();
        if (!topic.lastValue().equals(latest.get())) {
            throw new IllegalStateException(peer.name() + " found " + latest.get() + " in " + topic);
        }
        return (end - begin) / 1e6;
    }
}

package io.github.lateststate.benchmarks.states;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.followers.FollowersJvm;
import io.github.lateststate.benchmarks.followers.Usage;
import io.github.lateststate.benchmarks.followers.VersionedTopics;
import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.kafka.BrokerRequests;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Heap, threads, sockets, requests and processor time of one JVM with many idle states. */
public final class ManyStates implements Benchmark {

    static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx2g");
    static final Duration SETTLE = Duration.ofSeconds(20); // the first questions are over, and the JVM has compiled
    static final Duration SPAN = Duration.ofSeconds(10);
    static final int ROUNDS = 2;

    @Override
    public String name() {
        return "states";
    }

    @Override
    public Section run(Scale scale) throws Exception {
        List<Integer> counts = scale.of(List.of(1, 2), List.of(1, 100, 1_000));
        int most = Collections.max(counts);
        List<Opened> results = new ArrayList<>();
        try (EmbeddedKafka broker = EmbeddedKafka.builder()
                        .property("broker.session.timeout.ms", "60000") // a busy broker is not a dead one
                        .start();
                VersionedTopics topics = VersionedTopics.create(broker.bootstrapServers(), most)) {
            for (int round = 0; round < scale.of(1, ROUNDS); round++) {
                for (int count : counts) {
                    for (Way way : Way.values()) {
                        results.add(measure(way, broker, topics.names().subList(0, count), scale));
                    }
                }
            }
            List<String> oneTopic = Collections.nCopies(most, topics.names().get(0));
            results.add(measure(Way.OURS, broker, oneTopic, scale));
        }
        return StatesReport.of(results);
    }

    private static Opened measure(Way way, EmbeddedKafka broker, List<String> topics, Scale scale) throws Exception {
        try (FollowersJvm jvm = FollowersJvm.start(way, broker.bootstrapServers(), FollowersJvm.ALIKE, topics, JVM)) {
            jvm.usage(); // the first look loads classes
            Usage empty = jvm.usage();
            jvm.beginOpen();
            long begin = jvm.openedAt();
            jvm.beginAwait(0);
            double readySeconds = (Sample.of(jvm.arrivals()).max() - begin) / 1e9;

            Thread.sleep(scale.of(Duration.ZERO, SETTLE).toMillis());
            long cpu = jvm.cpuNanos();
            BrokerRequests before = BrokerRequests.now();
            Thread.sleep(scale.of(Duration.ofSeconds(1), SPAN).toMillis());
            BrokerRequests after = BrokerRequests.now();
            double cpuPercent = 100.0 * (jvm.cpuNanos() - cpu) / (after.nanos() - before.nanos());

            return new Opened(
                    new Rounds.What(
                            way,
                            topics.size(),
                            topics.size() > 1 && topics.get(0).equals(topics.get(1))),
                    readySeconds,
                    jvm.usage().since(empty),
                    after.since(before),
                    cpuPercent);
        }
    }
}

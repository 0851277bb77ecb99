package io.github.lateststate.benchmarks.instances;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.followers.VersionedTopics;
import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.kafka.BrokerRequests;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Instances of one service on one broker. All start at the same moment, then are idle, then receive updates. */
public final class ManyInstances implements Benchmark {

    static final int JVMS = 4;
    static final int IN_EACH = 50;
    static final int ROUNDS = 4;
    static final int WARM_UP = 21;
    static final int UPDATES = 41;
    static final Duration SETTLE = Duration.ofSeconds(12); // a start's first questions are over
    static final Duration SPAN = Duration.ofSeconds(10);

    /** Longer than a fetch waits, and at a time when neither way's fetches or polls end (each 500 or 750 ms). */
    private static final Duration BETWEEN_UPDATES = Duration.ofMillis(1_250);

    @Override
    public String name() {
        return "instances";
    }

    @Override
    public Section run(Scale scale) throws Exception {
        if (scale == Scale.FULL) {
            rehearse();
        }
        List<Herd> herds = new ArrayList<>();
        for (int round = 0; round < scale.of(1, ROUNDS); round++) {
            for (Way way : inTurns(round)) {
                try (EmbeddedKafka broker = broker();
                        VersionedTopics topic = VersionedTopics.create(broker.bootstrapServers(), 1)) {
                    herds.add(measure(way, broker, topic, scale));
                }
            }
        }
        return InstancesReport.of(herds);
    }

    /** The broker's code gets faster with time, so each way comes first as often as last. */
    private static List<Way> inTurns(int round) {
        List<Way> ways = new ArrayList<>(Way.EACH_BY_ITSELF);
        if (round % 2 == 1) {
            Collections.reverse(ways);
        }
        return ways;
    }

    private static EmbeddedKafka broker() {
        return EmbeddedKafka.builder()
                .property("broker.session.timeout.ms", "60000") // a busy broker is not a dead one
                .start();
    }

    /**
     * Opens some instances of each first, so that the first one measured does not meet a broker whose code is not
     * compiled yet.
     */
    private static void rehearse() throws Exception {
        try (EmbeddedKafka broker = broker();
                VersionedTopics topic = VersionedTopics.create(broker.bootstrapServers(), 1)) {
            for (Way way : Way.EACH_BY_ITSELF) {
                try (Instances instances =
                        new Instances(way, broker, topic.names().get(0), 1, IN_EACH)) {
                    instances.open();
                }
            }
        }
    }

    private static Herd measure(Way way, EmbeddedKafka broker, VersionedTopics topic, Scale scale) throws Exception {
        int jvms = scale.of(2, JVMS);
        int inEach = scale.of(2, IN_EACH);
        try (Instances instances = new Instances(way, broker, topic.names().get(0), jvms, inEach)) {
            long cpu = cpuNanos();
            BrokerRequests before = BrokerRequests.now();
            Sample ready = instances.open();
            BrokerRequests.Span start = BrokerRequests.now().since(before);
            double startCpuSeconds = (cpuNanos() - cpu) / 1e9;

            Thread.sleep(scale.of(Duration.ZERO, SETTLE).toMillis());
            BrokerRequests idle = BrokerRequests.now();
            Thread.sleep(scale.of(Duration.ofSeconds(1), SPAN).toMillis());
            BrokerRequests after = BrokerRequests.now();

            int warmUp = scale.of(1, WARM_UP);
            List<Sample> updates = new ArrayList<>();
            for (int version = 1; version <= warmUp + scale.of(2, UPDATES); version++) {
                updates.add(instances.update(topic, version));
                Thread.sleep(scale.of(Duration.ZERO, BETWEEN_UPDATES).toMillis());
            }
            return new Herd(
                    way, ready, start, startCpuSeconds, after.since(idle), updates.subList(warmUp, updates.size()));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }
}

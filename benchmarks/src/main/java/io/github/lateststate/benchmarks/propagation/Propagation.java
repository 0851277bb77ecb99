package io.github.lateststate.benchmarks.propagation;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.embedded.KafkaProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** How long a message takes until readers see it, in a JVM that has followed the topic for a while. */
public final class Propagation implements Benchmark {

    /** Each pair is two rounds: one with our fetch first, one with the loop's. */
    static final int PAIRS = 9;

    static final int MESSAGES = 500;
    static final int WARM_UP = 50;

    /** Whole rounds, for the compiler. */
    static final int WARM_UP_PAIRS = 2;

    @Override
    public String name() {
        return "propagation";
    }

    @Override
    public Section run(Scale scale) throws Exception {
        int warmUp = scale.of(2, WARM_UP);
        int messages = warmUp + scale.of(20, MESSAGES);
        List<Pair> pairs = new ArrayList<>();
        try (KafkaProcess broker = KafkaProcess.builder().start()) {
            String servers = broker.bootstrapServers();
            for (int pair = scale.of(0, -WARM_UP_PAIRS); pair < scale.of(1, PAIRS); pair++) {
                List<Message> one = round(servers, "ours-first-" + pair, messages, Way.OURS, Way.PLAIN_LOOP, warmUp);
                List<Message> other = round(servers, "loop-first-" + pair, messages, Way.PLAIN_LOOP, Way.OURS, warmUp);
                if (pair >= 0) {
                    pairs.add(new Pair(one, other));
                }
            }
        }
        return PropagationReport.of(pairs);
    }

    private static List<Message> round(String servers, String topic, int messages, Way first, Way second, int warmUp)
            throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (Round round = new Round(servers, topic, messages)) {
            return round.run(first, second, warmUp);
        }
    }
}

package io.github.lateststate.benchmarks.http;

import static io.github.lateststate.benchmarks.http.BareServer.CONSTANT;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.http.Load.Done;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.embedded.KafkaProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** {@code GET /state} compared with a bare route, and how soon a new state reaches many clients of the stream. */
public final class Http implements Benchmark {

    static final int CLIENTS = 1_000;
    static final int ROUNDS = 15;
    static final int MESSAGES = 30;

    private static final String TOPIC = "state";

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Section run(Scale scale) throws Exception {
        try (KafkaProcess broker = KafkaProcess.builder().start();
                KafkaProducer<String, String> producer = producer(broker)) {
            send(producer, 1);
            Map<String, String> environment =
                    Map.of("KAFKA_TOPIC", TOPIC, "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            try (WebServer ours = WebServer.start("io.github.lateststate.demo.server.DemoServer", environment);
                    WebServer bare = WebServer.start(BareServer.class.getName(), Map.of())) {
                List<Done> answersOfOurs = new ArrayList<>();
                List<Done> answersOfBare = new ArrayList<>();
                answer(ours, bare, scale, answersOfOurs, answersOfBare);
                List<Sample> fanOut = fanOut(ours, producer, scale.of(10, CLIENTS), scale.of(1, MESSAGES));
                return HttpReport.of(answersOfOurs, answersOfBare, fanOut);
            }
        }
    }

    private static void answer(
            WebServer ours, WebServer bare, Scale scale, List<Done> answersOfOurs, List<Done> answersOfBare)
            throws Exception {
        Duration warmUp = scale.of(Duration.ofMillis(300), Duration.ofSeconds(10));
        Duration time = scale.of(Duration.ofMillis(100), Duration.ofSeconds(2));
        new EventClients(ours, 1, 1).close(); // now the state is there
        try (Load load = new Load()) {
            load.run(ours, CONSTANT, warmUp);
            load.run(bare, CONSTANT, warmUp);
            for (int round = 0; round < scale.of(1, ROUNDS); round++) {
                boolean oursFirst = round % 2 == 0;
                Done one = load.run(oursFirst ? ours : bare, CONSTANT, time);
                Done other = load.run(oursFirst ? bare : ours, CONSTANT, time);
                answersOfOurs.add(oursFirst ? one : other);
                answersOfBare.add(oursFirst ? other : one);
            }
        }
    }

    /** For each message, the milliseconds from the broker's acknowledgement until each client has received it. */
    private static List<Sample> fanOut(
            WebServer server, KafkaProducer<String, String> producer, int clients, int messages) throws Exception {
        List<Sample> results = new ArrayList<>();
        try (EventClients all = new EventClients(server, clients, 1)) {
            for (int state = 2; state < messages + 2; state++) {
                long acknowledged = send(producer, state);
                results.add(Sample.of(all.received(state).stream()
                        .map(at -> (at - acknowledged) / 1e6)
                        .toList()));
            }
        }
        return results;
    }

    private static KafkaProducer<String, String> producer(KafkaProcess broker) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** Returns when the broker acknowledged it. */
    private static long send(KafkaProducer<String, String> producer, int state) throws Exception {
        String message = "{\"message_id\":\"1\",\"text\":\"some text\",\"state\":" + state + "}";
        producer.send(new ProducerRecord<>(TOPIC, "state", message)).get();
        return System.nanoTime();
    }
}

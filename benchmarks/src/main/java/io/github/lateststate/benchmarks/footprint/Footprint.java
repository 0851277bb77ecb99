package io.github.lateststate.benchmarks.footprint;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import io.github.lateststate.benchmarks.report.Versions;
import java.io.IOException;
import java.util.List;

/** Jars and megabytes that a dependency adds to a service that has the Kafka clients already. */
public final class Footprint implements Benchmark {

    private static final String CLIENTS = Versions.coordinates("org.apache.kafka:kafka-clients");
    private static final List<String> PEERS =
            List.of("io.kcache:kcache", "org.springframework.kafka:spring-kafka", "org.apache.kafka:kafka-streams");

    /** state-kafka and its dependencies, apart from the Kafka clients and theirs. */
    private static final List<String> OURS = List.of("state-core", "state-kafka", "jspecify");

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public Section run(Scale scale) throws IOException, InterruptedException {
        Jars clients = MavenClassPath.of(CLIENTS);
        Table table = Table.of("What is added to " + CLIENTS + " and its dependencies.", "", "jars", "MB", "which");
        add(
                table,
                "state-kafka",
                Jars.ofClassPath(System.getProperty("java.class.path")).named(OURS));
        for (String peer : scale.of(PEERS.subList(0, 1), PEERS)) {
            Jars resolved = MavenClassPath.of(Versions.coordinates(peer));
            add(table, Versions.shown(peer), resolved.without(clients));
        }
        return new Section(
                "Footprint",
                "The runtime class path that Maven resolves for a service with that one dependency, without kafka-clients and its dependencies."
                        + " The jars of latest-state are those of this build. MB are 10⁶ bytes. The largest jar comes first.",
                List.of(table),
                List.of(),
                List.of());
    }

    private static void add(Table table, String name, Jars jars) {
        table.add(
                name,
                Integer.toString(jars.files().size()),
                Figures.of(jars.megabytes()),
                String.join(", ", jars.names()));
    }
}

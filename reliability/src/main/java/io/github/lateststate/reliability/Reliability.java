package io.github.lateststate.reliability;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: watches states for a while. The exit status is 1 if a promise was broken. */
@Command(
        name = "reliability",
        mixinStandardHelpOptions = true,
        description = "Watches states from outside while brokers, networks and decoders fail.")
public final class Reliability implements Callable<Integer> {

    /** What to run on. */
    enum On {
        single,
        cluster,
        kinesis
    }

    /** How states get their clients. */
    enum Clients {
        own,
        shared,
        both
    }

    @Option(names = "--duration", description = "How long, such as 90s, 2h or 1h30m (default: ${DEFAULT-VALUE}).")
    private String duration = "1m";

    @Option(names = "--seed", description = "Decides the faults and their order (default: a random one).")
    private @Nullable Long seed;

    @Option(names = "--on", description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private On on = On.single;

    @Option(names = "--clients", description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Clients clients = Clients.both;

    @Option(names = "--longest-fault", description = "How long a fault may last (default: ${DEFAULT-VALUE}).")
    private String longestFault = "40s";

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Reliability())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        System.out.println("seed " + chosen + ", on " + on + ", clients " + clients + ", for " + duration);
        Run.Plan plan = new Run.Plan(
                parsed(duration),
                chosen,
                parsed(longestFault),
                clients == Clients.shared ? 0 : 2,
                clients == Clients.own ? 0 : 2);
        Report report = new Report(System.out);
        try (Stage stage = stage(chosen)) {
            Run.on(stage, plan, report);
        }
        return report.violations().isEmpty() ? 0 : 1;
    }

    private Stage stage(long chosen) throws Exception {
        return switch (on) {
            case single -> KafkaStage.on(new SingleBroker(), chosen);
            case cluster -> KafkaStage.on(new Cluster(), chosen);
            case kinesis -> KinesisStage.start(chosen);
        };
    }

    private static Duration parsed(String text) {
        return Duration.parse("PT" + text);
    }
}

package io.github.lateststate.demo.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The program. Its exit code is 0 if every message was acknowledged, 1 if one was not, 2 if the arguments are wrong. */
@Command(
        name = "demo-producer",
        description = "Sends messages with a random state, and waits until each is acknowledged.",
        footer = {
            "",
            "Environment: KAFKA_TOPIC (default: state), KAFKA_BOOTSTRAP_SERVERS (default:",
            "localhost:9092), and any other setting of a Kafka producer in capitals, such",
            "as KAFKA_SECURITY_PROTOCOL; or KINESIS_STREAM (a name or an ARN), AWS_REGION,",
            "AWS_ENDPOINT_URL, and credentials where the AWS SDK looks for them."
        },
        sortOptions = false)
final class DemoProducer implements Callable<Integer> {

    private final Map<String, String> env;
    private final PrintWriter out;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "how many messages to send (default: 1)",
            converter = CountConverter.class)
    private int count = 1;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "how long to wait between two messages, such as 500ms, 1s or 2m (default: 1s)",
            converter = IntervalConverter.class)
    private Duration interval = Duration.ofSeconds(1);

    @Option(
            names = "--state",
            paramLabel = "N",
            description = "the state to send (default: a random one from 1 to 100 in each message)")
    private @Nullable Integer state;

    @Option(names = "--help", usageHelp = true, description = "print this and exit")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    private DemoProducer(Map<String, String> env, PrintWriter out) {
        this.env = env;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, UTF_8);
        System.exit(commandLine(System.getenv(), out, err).execute(args));
    }

    static CommandLine commandLine(Map<String, String> env, PrintWriter out, PrintWriter err) {
        return PublishingCommand.of(new DemoProducer(env, out), out, err);
    }

    @Override
    public Integer call() throws InterruptedException {
        Random random = new Random();
        OptionalInt chosen = state == null ? OptionalInt.empty() : OptionalInt.of(state);
        try (Publisher publisher = Publisher.connect(env)) {
            for (int sent = 0; sent < count; sent++) {
                if (sent > 0) {
                    TimeUnit.MILLISECONDS.sleep(TimeUnit.MILLISECONDS.convert(interval));
                }
                String message = StateMessage.random(random, chosen).json();
                out.println("Sending message with value: " + message);
                publisher.publish(message);
            }
        }
        return ExitCode.OK;
    }
}

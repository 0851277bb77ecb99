package io.github.lateststate.demo.model;

import io.github.lateststate.demo.producer.NotPublishedException;
import io.github.lateststate.demo.producer.Publisher;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that publishes a new version. Exit codes: 0 if it was acknowledged, 1 if it was not, 2 if the arguments are wrong. */
@Command(
        name = "train",
        description =
                "Trains a new version on flowers that it generates, stores it, publishes its address and checksum,"
                        + " and waits until that is acknowledged.",
        footer = {
            "",
            "Environment: KAFKA_TOPIC (default: models), KAFKA_BOOTSTRAP_SERVERS (default:",
            "localhost:9092), and any other setting of a Kafka producer in capitals; or",
            "KINESIS_STREAM, AWS_REGION, AWS_ENDPOINT_URL, and credentials where the AWS SDK",
            "looks for them. MODEL_STORE is the default of --to."
        },
        sortOptions = false)
final class Train implements Callable<Integer> {

    private static final int FEWEST = 30;
    private static final int HELD_OUT = 300;
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<String, String> env;
    private final PrintWriter out;

    @Spec
    private CommandSpec spec;

    @Option(names = "--version", paramLabel = "NAME", description = "what to call it (default: the time, in UTC)")
    private String version = VERSION.format(Instant.now());

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same seed generates the same flowers (default: a random one)")
    private long seed = new Random().nextInt(Integer.MAX_VALUE);

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "how many flowers to learn from, 30 or more (default: 150)")
    private int examples = 150;

    @Option(names = "--to", paramLabel = "FOLDER", description = "where to store it (default: the folder models, here)")
    private @Nullable Path folder;

    @Option(
            names = "--served-at",
            paramLabel = "URL",
            description = "publish the address that the folder has on a web server (default: that of the file)")
    private @Nullable URI base;

    @Option(names = "--help", usageHelp = true, description = "print this and exit")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    Train(Map<String, String> env, PrintWriter out) {
        this.env = env;
        this.out = out;
    }

    @Override
    public Integer call() {
        requireSensibleArguments();
        try (Publisher publisher =
                Publisher.connect(streamEnvironment())) { // first: without a broker, no artifact is written
            Classifier model = Classifier.train(Specimen.collect(examples, seed), seed);
            requireSense(model);
            List<Specimen> heldOut = Specimen.collect(HELD_OUT, ~seed);
            say(
                    "Trained version %s on %d flowers with seed %d; it knows %.1f %% of %d others.",
                    version, examples, seed, 100 * model.accuracy(heldOut), HELD_OUT);
            byte[] artifact = model.bytes();
            Path stored = store(artifact);
            say("Stored %d bytes in %s", artifact.length, stored);
            URI uri = base == null ? stored.toUri() : ModelStore.servedAt(base, stored);
            String message = new ModelRef(version, uri, Checksum.sha256(artifact)).json();
            say("Sending message with value: %s", message);
            publisher.publish(message);
        }
        return ExitCode.OK;
    }

    private void requireSensibleArguments() {
        if (!ModelRef.VERSION.matcher(version).matches()) {
            throw wrong("--version is not valid: write up to 64 letters, digits, '.', '_' and '-'");
        }
        if (examples < FEWEST) {
            throw wrong("--examples is " + examples + ": write " + FEWEST + " or more");
        }
        if (base != null
                && (base.getScheme() == null || !base.getScheme().matches("https?") || base.getHost() == null)) {
            throw wrong("--served-at is not valid: write an address such as http://localhost:8080/models/");
        }
    }

    private void requireSense(Classifier model) {
        try {
            Canary.requireSense(model::probabilities);
        } catch (IllegalStateException e) {
            throw new NotPublishedException(e.getMessage() + ". Let it learn from more with --examples.", e);
        }
    }

    private Map<String, String> streamEnvironment() {
        Map<String, String> stream = new HashMap<>(env);
        if (env.getOrDefault("KINESIS_STREAM", "").isBlank()
                && env.getOrDefault("KAFKA_TOPIC", "").isBlank()) {
            stream.put("KAFKA_TOPIC", DemoModel.TOPIC);
        }
        return stream;
    }

    private Path store(byte[] artifact) {
        ModelStore store = folder == null ? ModelStore.of(env) : new ModelStore(folder);
        try {
            return store.put(version, artifact);
        } catch (IOException e) {
            throw new NotPublishedException(
                    "Cannot store the model: " + e + ". Choose another folder with --to or MODEL_STORE.", e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}

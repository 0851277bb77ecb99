package io.github.lateststate.demo.model;

import io.github.lateststate.demo.web.Lifecycle;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that answers requests until a signal ends it. */
@Command(
        name = "serve",
        description = "Serves POST /predict with the current model. GET /model names it,"
                + " GET /health/ready how the last swap went.",
        footer = {
            "",
            "Environment: KAFKA_TOPIC and KAFKA_BOOTSTRAP_SERVERS, or KINESIS_STREAM, as for",
            "the demo server. If neither is set, it starts a Kafka broker of its own on",
            "localhost:9092, for the topic models. HOST and PORT (default: 127.0.0.1, 8000)",
            "say where to listen; ALLOWED_HOSTS adds host names, separated by commas, that",
            "requests from this machine may use besides localhost. MODEL_STORE (default: the",
            "folder models, here) is the only folder that it takes file: addresses from.",
            "MODEL_SNAPSHOT is a file that remembers the current model's",
            "address, so that the next start needs no broker."
        })
final class Serve implements Runnable {

    private final Map<String, String> env;

    @Option(names = "--help", usageHelp = true, description = "print this and exit")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    Serve(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public void run() {
        Lifecycle.run(new ModelServer(env)::start);
    }
}

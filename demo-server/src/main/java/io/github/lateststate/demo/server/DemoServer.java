package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.DefaultBroker;
import io.github.lateststate.demo.web.HostNames;
import io.github.lateststate.demo.web.HttpAddress;
import io.github.lateststate.demo.web.Lifecycle;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The program: a state, the web API in front of it, and a broker behind it if no stream is named. */
@Command(
        name = "demo-server",
        description =
                "Serves the newest state that was sent to a Kafka topic or a Kinesis stream: GET /state, and a page"
                        + " at / for browsers. It is set by environment variables.",
        footer = {
            "",
            "Environment:",
            "  HOST                           where to listen (default: 127.0.0.1)",
            "  PORT                           the port (default: 8000)",
            "  ALLOWED_HOSTS                  host names, separated by commas, that requests",
            "                                 from this machine may use besides localhost,",
            "                                 127.0.0.1 and [::1], such as a proxy's name",
            "  INSTANCES                      the addresses of all instances, separated by",
            "                                 commas, the same for each of them, such as",
            "                                 http://localhost:8000,http://localhost:8001.",
            "                                 Each page shows them all, and each instance",
            "                                 lets the pages of the others read its state",
            "  KAFKA_TOPIC                    the topic. If no stream is named, the server",
            "                                 starts a broker of its own on localhost:9092",
            "  KAFKA_BOOTSTRAP_SERVERS        the brokers (default: localhost:9092)",
            "  KAFKA_CONSUMER_GROUP_PREFIX    how its group.id begins (default: group)",
            "  KAFKA_CREATE_TOPIC             whether to create the topic if it is missing",
            "                                 (default: true)",
            "  KAFKA_*                        any other setting of a Kafka consumer in",
            "                                 capitals, such as KAFKA_SECURITY_PROTOCOL",
            "  KINESIS_STREAM                 the stream or its ARN, instead of KAFKA_TOPIC",
            "  KINESIS_CONSUMER_GROUP_PREFIX  how its consumer's name begins (default: group)",
            "  KINESIS_FAN_OUT                polling or enhanced (default: polling)",
            "  AWS_REGION                     the region; credentials are where the AWS SDK",
            "                                 looks for them",
            "  AWS_ENDPOINT_URL               the endpoint of an emulator",
        })
final class DemoServer implements Runnable {

    private static final Logger logger = LoggerFactory.getLogger(DemoServer.class);

    private final Map<String, String> env;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and exit")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    private DemoServer(Map<String, String> env) {
        this.env = env;
    }

    public static void main(String[] args) {
        CommandLine program = new CommandLine(new DemoServer(System.getenv()));
        program.setParameterExceptionHandler((wrong, arguments) -> {
            System.err.println(
                    wrong.getMessage() + ". The server is set by environment variables, which --help lists.");
            return ExitCode.USAGE;
        });
        System.exit(program.execute(args));
    }

    @Override
    public void run() {
        Lifecycle.run(this::start);
    }

    /** Returns when the API can be used. The state may come later. */
    private void start(Lifecycle life) {
        HttpAddress address = HttpAddress.of(env);
        HostNames hosts = HostNames.of(env);
        Instances instances = Instances.of(env);
        address.requireFree();
        Map<String, String> stream =
                DefaultBroker.unlessNamedIn(env, life, "state", "java -jar demo-producer/target/demo-producer-*.jar");
        if (life.isEnding()) {
            return;
        }
        LatestState<StateMessage> state = life.opened(LatestState.builder(StateMessage.decoder())
                .environment(stream)
                .initial(StateMessage.INITIAL)
                .open());
        Javalin http = WebApi.of(state, InstantSource.system(), hosts, instances);
        life.opened(http::stop);
        try {
            http.start(address.host(), address.port());
        } catch (JavalinException e) {
            throw address.notUsable(e);
        }
        logger.info("The state is at {}/state", address.url(http.port()));
    }
}

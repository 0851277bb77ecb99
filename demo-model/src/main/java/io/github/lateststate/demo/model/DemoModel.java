package io.github.lateststate.demo.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.lateststate.demo.producer.PublishingCommand;
import java.io.PrintWriter;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. One command serves the current model, the other trains and publishes a new one. */
@Command(
        name = "demo-model",
        description = "Predicts the species of a flower. The current model is swapped while requests go on.",
        synopsisSubcommandLabel = "COMMAND")
final class DemoModel implements Runnable {

    /** The topic if the environment names no stream. */
    static final String TOPIC = "models";

    /** Logs the progress of a training. Held here, because the JVM forgets a logger that nothing refers to. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "print this and exit")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    private DemoModel() {}

    public static void main(String[] args) {
        TRIBUO.setLevel(Level.WARNING);
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, UTF_8);
        System.exit(commandLine(System.getenv(), out, err).execute(args));
    }

    static CommandLine commandLine(Map<String, String> env, PrintWriter out, PrintWriter err) {
        CommandSpec program = CommandSpec.forAnnotatedObject(new DemoModel());
        program.addSubcommand("serve", new CommandLine(new Serve(env)));
        program.addSubcommand("train", new CommandLine(new Train(env, out)));
        return PublishingCommand.of(program, out, err);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: serve or train.");
    }
}

package io.github.lateststate.demo.producer;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** A command that publishes. It exits with 0 if everything was acknowledged, 1 and one line if not, 2 if the arguments are wrong. */
public final class PublishingCommand {

    private PublishingCommand() {}

    /** Takes a command, with its subcommands if there are any. */
    public static CommandLine of(Object command, PrintWriter out, PrintWriter err) {
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, arguments) -> {
                    err.println(wrong.getMessage());
                    wrong.getCommandLine().usage(err);
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, failed, arguments) -> {
                    if (failure instanceof NotPublishedException) {
                        err.println(failure.getMessage());
                        return ExitCode.SOFTWARE;
                    }
                    throw failure;
                });
    }
}

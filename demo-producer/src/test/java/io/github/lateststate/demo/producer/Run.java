package io.github.lateststate.demo.producer;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What one run of the program printed, and its exit code. */
record Run(int exitCode, String out, String err) {

    static Run of(Map<String, String> env, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = DemoProducer.commandLine(env, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }
}

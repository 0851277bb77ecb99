package io.github.lateststate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, for a test of the whole process. It has the class path of this one. */
record ChildJvm(Process process, BufferedReader says) implements AutoCloseable {

    static ChildJvm start(Class<?> main, String heap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ChildJvm(process, process.inputReader(UTF_8));
    }

    /** The next line of its output that is not log. */
    String line() throws IOException {
        for (String line = says.readLine(); line != null; line = says.readLine()) {
            if (line.startsWith("child: ")) {
                return line.substring("child: ".length());
            }
        }
        return "ended";
    }

    /** For the child. */
    @SuppressWarnings("SystemOut")
    static void say(String line) {
        System.out.println("child: " + line);
        System.out.flush();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

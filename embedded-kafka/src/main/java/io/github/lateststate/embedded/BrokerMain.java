package io.github.lateststate.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A child JVM with one broker in it. Its arguments are a file of broker properties and the id of the cluster. */
final class BrokerMain {

    /** Printed once on its standard output. */
    static final String READY = "ready";

    private BrokerMain() {}

    /** Public, because the JVM calls it. */
    public static void main(String[] arguments) {
        // all other output goes to the log: the parent reads one line only
        PrintStream parent = System.out;
        System.setOut(System.err);
        endWithParent();
        try {
            Broker broker = Broker.start(read(Path.of(arguments[0])), arguments[1]);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop-broker"));
            parent.println(READY);
        } catch (Throwable failure) {
            failure.printStackTrace();
            parent.println(failure.toString().replace('\n', ' '));
            Runtime.getRuntime().halt(1);
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** Standard input ends when the parent does, however the parent ends. The parent writes nothing to it. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() != -1) {}
                    } catch (IOException e) {
                        // then the parent is gone, too
                    }
                    Runtime.getRuntime().halt(1);
                },
                "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }
}

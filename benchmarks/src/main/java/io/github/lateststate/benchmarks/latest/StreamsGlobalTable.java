package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.kafka.FilledTopic;
import io.github.lateststate.benchmarks.report.Versions;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kafka Streams, in its own class loader: its newest version does not run with the newest Kafka clients. */
final class StreamsGlobalTable implements Peer {

    private @Nullable Function<Map<String, String>, Map.Entry<String, AutoCloseable>> table;

    @Override
    public String name() {
        return "Kafka Streams GlobalKTable";
    }

    @Override
    public String setUp() {
        return Versions.shown("org.apache.kafka:kafka-streams")
                + ": `globalTable` in an in-memory store without a cache. `start()` returns when the table is filled. Then one `get` reads the key."
                + " It uses the Kafka clients of its own version.";
    }

    @Override
    public boolean readsTheLog() {
        return true;
    }

    @Override
    public AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) throws Exception {
        Function<Map<String, String>, Map.Entry<String, AutoCloseable>> table = table();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(table.getClass().getClassLoader()); // Kafka finds its classes there
        try {
            Map.Entry<String, AutoCloseable> filled =
                    table.apply(Map.of("servers", bootstrapServers, "topic", topic.name(), "key", topic.lastKey()));
            latest.accept(filled.getKey());
            return filled.getValue();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Function<Map<String, String>, Map.Entry<String, AutoCloseable>> table()
            throws ReflectiveOperationException, URISyntaxException, IOException {
        if (table == null) {
            table = load();
        }
        return table;
    }

    @SuppressWarnings("unchecked") // its class is a different one to this class loader
    private static Function<Map<String, String>, Map.Entry<String, AutoCloseable>> load()
            throws ReflectiveOperationException, URISyntaxException, IOException {
        Path ours = Path.of(GlobalTable.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<URL> classPath = new ArrayList<>(List.of(ours.toUri().toURL()));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(ours.resolveSibling("streams"), "*.jar")) {
            for (Path jar : jars) {
                classPath.add(jar.toUri().toURL());
            }
        }
        ClassLoader apart =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()); // never closed
        Constructor<?> constructor =
                Class.forName(GlobalTable.class.getName(), true, apart).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Function<Map<String, String>, Map.Entry<String, AutoCloseable>>) constructor.newInstance();
    }
}

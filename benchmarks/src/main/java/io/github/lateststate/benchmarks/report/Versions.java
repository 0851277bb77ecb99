package io.github.lateststate.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions of the compared artifacts, from the build. */
public final class Versions {

    private static final Properties ALL = load();

    private Versions() {}

    /**
     * Returns an artifact with its version, as Maven writes it.
     *
     * @param artifact group:artifact
     * @throws NullPointerException if the build does not name it
     */
    public static String coordinates(String artifact) {
        return artifact + ":" + Objects.requireNonNull(ALL.getProperty(artifact), artifact);
    }

    /** Returns a name and a version for people, such as "kcache 5.2.3". */
    public static String shown(String artifact) {
        String coordinates = coordinates(artifact);
        return coordinates.substring(coordinates.indexOf(':') + 1).replace(':', ' ');
    }

    private static Properties load() {
        Properties all = new Properties();
        try (InputStream file = Versions.class.getResourceAsStream("versions.properties")) {
            all.load(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}

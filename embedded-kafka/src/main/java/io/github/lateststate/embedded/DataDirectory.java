package io.github.lateststate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a broker keeps its data: the caller's directory, which is kept, or a temporary one, which is not. */
record DataDirectory(Path path, boolean temporary) {

    static DataDirectory of(@Nullable Path given) {
        try {
            return given == null
                    ? new DataDirectory(Files.createTempDirectory("embedded-kafka-"), true)
                    : new DataDirectory(Files.createDirectories(given).toAbsolutePath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a directory for the broker's data", e);
        }
    }

    void deleteIfTemporary() {
        if (!temporary || Files.notExists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the broker's temporary directory " + path, e);
        }
    }
}

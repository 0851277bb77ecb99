package io.github.lateststate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a broker keeps its data: the caller's directory, which is kept, or a temporary one, which is not. */
record DataDirectory(Path path, @Nullable TemporaryDirectory owned) {

    static DataDirectory of(@Nullable Path given) {
        try {
            return given == null
                    ? temporaryOne(TemporaryDirectory.create())
                    : kept(Files.createDirectories(given).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a directory for the broker's data", e);
        }
    }

    static DataDirectory kept(Path path) {
        return new DataDirectory(path, null);
    }

    private static DataDirectory temporaryOne(TemporaryDirectory directory) {
        return new DataDirectory(directory.path(), directory);
    }

    boolean temporary() {
        return owned != null;
    }

    void deleteIfTemporary() {
        if (owned == null) {
            return;
        }
        try {
            owned.delete();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the broker's temporary directory " + path, e);
        }
    }
}

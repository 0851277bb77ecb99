package io.github.lateststate.demo.model;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder of artifacts. Each has its own name, and is written completely or not at all. */
final class ModelStore {

    private static final int DIGITS_IN_NAME = 12;

    private final Path folder;

    ModelStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The folder that {@code MODEL_STORE} names; by default, and if it is blank, models. A blank path would be the working folder. */
    static ModelStore of(Map<String, String> env) {
        String folder = env.getOrDefault("MODEL_STORE", "");
        return new ModelStore(Path.of(folder.isBlank() ? "models" : folder));
    }

    /**
     * Writes an artifact. Its name contains a part of its checksum, so that an artifact never replaces another one that was published
     * with the same version.
     *
     * @throws IOException if the folder cannot be written to
     */
    Path put(String version, byte[] artifact) throws IOException {
        Files.createDirectories(folder);
        String digits = Checksum.sha256(artifact).substring(0, DIGITS_IN_NAME);
        Path place = folder.resolve(version + "-" + digits + ".tribuo");
        Path unfinished = folder.resolve(
                "." + place.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.write(unfinished, artifact);
            return Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Finds an artifact of this folder.
     *
     * @param uri with the scheme {@code file}
     * @throws IOException if there is no such file below the folder. A file elsewhere is refused in the same words, links followed, so
     *     that the answer does not reveal whether it exists
     */
    Path find(URI uri) throws IOException {
        Path store = real(folder.toString());
        Path file = real(uri.getPath());
        if (store == null || file == null || !file.startsWith(store) || !Files.isRegularFile(file)) {
            throw new IOException("There is no such file in the folder of the store. MODEL_STORE names the folder.");
        }
        return file;
    }

    private static @Nullable Path real(String path) {
        try {
            return Path.of(path).toRealPath();
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** The artifact's address if a web server serves this folder. */
    static URI servedAt(URI base, Path artifact) {
        String folder = base.toString().endsWith("/") ? base.toString() : base + "/";
        return URI.create(folder + artifact.getFileName());
    }
}

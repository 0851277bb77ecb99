package io.github.lateststate.demo.model;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder of artifacts. Each has a name of its own, and is there as a whole or not at all. */
final class ModelStore {

    private static final int DIGITS_IN_NAME = 12;

    private final Path folder;

    ModelStore(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Writes an artifact. A part of its checksum is in the name, so that another artifact never takes the place of one that was
     * published, whatever the versions are called.
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

    /** Where the artifact is for whoever reads this folder through a web server. */
    static URI servedAt(URI base, Path artifact) {
        String folder = base.toString().endsWith("/") ? base.toString() : base + "/";
        return URI.create(folder + artifact.getFileName());
    }
}

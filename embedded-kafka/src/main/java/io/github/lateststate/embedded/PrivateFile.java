package io.github.lateststate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only the user who runs this JVM can read, if the file system knows such rights. */
final class PrivateFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private PrivateFile() {}

    /** Creates an empty file, and replaces an existing one. It has its rights from the start. */
    static void createAfresh(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, rightsIn(file.resolveSibling("")));
    }

    /** Removes the rights of everyone else. */
    static void restrict(Path file) throws IOException {
        if (knowsRights(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static boolean knowsRights(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private static FileAttribute<?>[] rightsIn(Path folder) throws IOException {
        return knowsRights(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }
}

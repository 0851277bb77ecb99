package io.github.lateststate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second writer away from a snapshot, by a lock on an empty file beside it. The file stays there. The system
 * releases the lock when the process ends, however it ends. Not safe for use by several threads at once.
 */
final class SnapshotLock {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);

    /**
     * The locks that this JVM holds. Do not open a second channel on one of these files: on POSIX systems, closing it
     * would release the lock of the first.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path snapshot;
    private @Nullable Held held;

    private record Held(Path file, FileChannel channel) {}

    SnapshotLock(Path snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Makes the caller the only writer until {@link #close}.
     *
     * @throws IOException if another writer has the lock; the next call tries again
     */
    void acquire() throws IOException {
        if (held != null) {
            return;
        }
        Path file = snapshot.resolveSibling("").toRealPath().resolve(snapshot.getFileName() + ".lock");
        if (!HELD.add(file)) {
            throw writtenByAnother();
        }
        boolean locked = false;
        try {
            held = new Held(file, lock(file));
            locked = true;
        } finally {
            if (!locked) {
                HELD.remove(file);
            }
        }
        deleteLeftovers();
    }

    private static FileChannel lock(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("its lock " + file + " is not a regular file"); // opening a FIFO would block
        }
        FileChannel opened = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                forItsOwnerAlone(file));
        try {
            FileLock lock = opened.tryLock();
            if (lock == null) {
                throw writtenByAnother();
            }
            return opened;
        } catch (OverlappingFileLockException e) { // by this library in another class loader
            opened.close();
            throw writtenByAnother();
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** If others could open the file, they could keep the writer out. */
    private static FileAttribute<?>[] forItsOwnerAlone(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    void close() {
        Held last = held;
        held = null;
        if (last != null) {
            try {
                last.channel().close();
            } catch (IOException e) {
                logger.debug("Cannot close the lock of {}", snapshot, e);
            }
            HELD.remove(last.file());
        }
    }

    private static IOException writtenByAnother() {
        return new IOException(
                "another state writes it; give each state, and each instance of the service, a file of its own");
    }

    /** Deletes what a killed process left half-written. Nobody else writes now. */
    private void deleteLeftovers() {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(snapshot.getParent(), this::isLeftover)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException | RuntimeException e) {
            logger.debug("Cannot delete what an earlier run left beside {}", snapshot, e);
        }
    }

    private boolean isLeftover(Path file) {
        String name = file.getFileName().toString();
        String prefix = snapshot.getFileName() + ".";
        return name.startsWith(prefix)
                && name.endsWith(".tmp")
                && name.substring(prefix.length(), name.length() - ".tmp".length())
                        .chars()
                        .allMatch(Character::isDigit);
    }
}

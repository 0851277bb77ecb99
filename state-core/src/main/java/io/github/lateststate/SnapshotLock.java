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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second writer away from a snapshot, by a lock on an empty file beside it that stays there. The system gives the lock back
 * when the process ends, however it ends. Not safe for use by several threads at once.
 */
final class SnapshotLock {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);

    private final Path snapshot;
    private @Nullable FileChannel channel;

    SnapshotLock(Path snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Makes the caller the only writer, until {@link #close}.
     *
     * @throws IOException if another one writes; the next call tries again
     */
    void acquire() throws IOException {
        if (channel != null) {
            return;
        }
        Path file = snapshot.resolveSibling(snapshot.getFileName() + ".lock");
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = opened.tryLock();
            if (lock == null) {
                throw writtenByAnother();
            }
        } catch (OverlappingFileLockException e) { // one in this JVM
            opened.close();
            throw writtenByAnother();
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        channel = opened;
        deleteLeftovers();
    }

    void close() {
        FileChannel held = channel;
        channel = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                log.debug("Cannot close the lock of {}", snapshot, e);
            }
        }
    }

    private static IOException writtenByAnother() {
        return new IOException(
                "another state writes it; give each state, and each instance of the service, a file of its own");
    }

    /** What a process that was killed left half-written: nobody else writes now. */
    private void deleteLeftovers() {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(snapshot.getParent(), this::isLeftover)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("Cannot delete what an earlier run left beside {}", snapshot, e);
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

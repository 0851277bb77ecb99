package io.github.lateststate;

import io.github.lateststate.spi.StateRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known good record of one stream on disk. At every moment the file is whole, the old one or the new one: it is written
 * beside its place, forced to the disk, and moved there in one step. One writer at a time.
 */
final class SnapshotFile {

    private static final Logger log = LoggerFactory.getLogger(LatestState.class);

    private final Path path;
    private final String identity;
    private final @Nullable Duration maxAge;
    private final InstantSource clock;

    /**
     * Names a snapshot.
     *
     * @param path where it is; its folder is made when it is written
     * @param identity of which stream; one of another stream is not read
     * @param maxAge how old it may be to be read; null if it does not matter
     * @param clock what time it is
     */
    SnapshotFile(Path path, String identity, @Nullable Duration maxAge, InstantSource clock) {
        this.path = path.toAbsolutePath();
        this.identity = identity;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** The record, if there is one that can be trusted; what is wrong with one that cannot be is logged as a warning. */
    Optional<StateRecord> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            SnapshotFormat.Saved saved = SnapshotFormat.decode(Files.readAllBytes(path));
            requireOurs(saved);
            requireFresh(saved.savedAt());
            return Optional.of(saved.record());
        } catch (IOException | RuntimeException e) {
            log.warn("The snapshot {} is not used, the state comes from the stream: {}", path, e.toString());
            return Optional.empty();
        }
    }

    void write(StateRecord record) throws IOException {
        Files.createDirectories(path.getParent());
        Path beside = path.resolveSibling(path.getFileName() + ".tmp");
        ByteBuffer bytes =
                ByteBuffer.wrap(SnapshotFormat.encode(new SnapshotFormat.Saved(identity, clock.instant(), record)));
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
        forceFolder();
    }

    Path path() {
        return path;
    }

    private void requireOurs(SnapshotFormat.Saved saved) throws IOException {
        if (!saved.identity().equals(identity)) {
            throw new IOException("it is of " + saved.identity() + ", not of " + identity);
        }
    }

    private void requireFresh(Instant savedAt) throws IOException {
        if (maxAge != null && savedAt.isBefore(clock.instant().minus(maxAge))) {
            throw new IOException("it was saved at " + savedAt + ", which is longer ago than " + maxAge);
        }
    }

    /** So that the new name survives a power failure too. Not every system can open a folder; then it is its file system's job. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            log.debug("Cannot force {} to disk", path.getParent(), e);
        }
    }
}

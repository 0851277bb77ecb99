package io.github.lateststate;

import io.github.lateststate.spi.StateRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known good record of one stream on disk. The file is complete at every moment, either the old one or the new
 * one: the new one is written beside it, forced to the disk, and moved into place in one step. Only its owner may read
 * it, if the file system has modes. There is one writer at a time: a lock file beside it keeps a second one out, in
 * this JVM or in another.
 */
final class SnapshotFile implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);
    private static final String TEMPORARY = ".tmp";

    /** Larger files are refused without reading them. A record that does not fit is not saved. */
    private static final int MOST_BYTES =
            (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    /** The record is too large. Another try cannot help. */
    static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1;

        TooLargeException(String message) {
            super(message);
        }
    }

    private final Path path;
    private final SnapshotLock lock;
    private final String identity;
    private final @Nullable Duration maxAge;
    private final InstantSource clock;

    /**
     * Describes a snapshot.
     *
     * @param path where it is; its folder is created when it is written
     * @param identity identifies the stream; a snapshot of another stream is not read
     * @param maxAge how old it may be to be read; null for any age
     * @param clock the wall clock
     */
    SnapshotFile(Path path, String identity, @Nullable Duration maxAge, InstantSource clock) {
        this.path = path.toAbsolutePath();
        this.lock = new SnapshotLock(this.path);
        this.identity = identity;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /**
     * Returns the record, if there is one that can be trusted. Logs a warning that says what is wrong with any other.
     */
    Optional<StateRecord> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            SnapshotFormat.Saved saved = SnapshotFormat.decode(bytes());
            requireOurs(saved);
            requireFresh(saved.savedAt());
            return Optional.of(saved.record());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            logger.warn("The snapshot {} is not used; the state comes from the broker: {}", path, PlainText.of(e));
            return Optional.empty();
        }
    }

    /** Opens regular files only: reading from anything else may block for ever. */
    private byte[] bytes() throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new IOException("it is not a regular file");
        }
        requireReadable(found.size());
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            requireReadable(bytes.length); // it may have grown
            return bytes;
        }
    }

    /**
     * Replaces the record.
     *
     * @throws TooLargeException if no later try can help, because the record would not be read
     * @throws IOException if the disk does not take it, or another writer has the lock; a later try may help
     */
    void write(StateRecord record) throws IOException {
        Files.createDirectories(path.getParent());
        requireReplaceable();
        lock.acquire();
        requireReadable(SnapshotFormat.leastBytes(record)); // before there is a copy of it
        byte[] encoded = SnapshotFormat.encode(new SnapshotFormat.Saved(identity, clock.instant(), record));
        requireReadable(encoded.length);
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        // Exclusively, under a name where nobody can plant a link, and readable by the owner alone.
        Path beside = Files.createTempFile(path.getParent(), temporaryPrefix(), TEMPORARY);
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } finally { // also if memory ran out: a copy for each try would fill the disk
            Files.deleteIfExists(beside);
        }
        forceFolder();
    }

    Path path() {
        return path;
    }

    /** Releases the lock for another writer. */
    @Override
    public void close() {
        lock.close();
    }

    private String temporaryPrefix() {
        return path.getFileName() + ".";
    }

    /** Moving a file over a FIFO or a device would delete it. */
    private void requireReplaceable() throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("the path exists and is not a regular file");
        }
    }

    private static void requireReadable(long size) throws IOException {
        if (size > MOST_BYTES) {
            throw new TooLargeException(
                    "it has " + size + " bytes; a snapshot has at most " + MOST_BYTES + " with this heap");
        }
    }

    private void requireOurs(SnapshotFormat.Saved saved) throws IOException {
        if (!saved.identity().equals(identity)) {
            throw new IOException("it belongs to " + saved.identity() + ", not to " + identity);
        }
    }

    private void requireFresh(Instant savedAt) throws IOException {
        if (maxAge != null && Duration.between(savedAt, clock.instant()).compareTo(maxAge) > 0) {
            throw new IOException("it was saved at " + savedAt + ", and the greatest age is " + maxAge);
        }
    }

    /**
     * Makes the new name survive a power failure. Not every system can open a folder; there it is the file system's
     * job.
     */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            logger.debug("Cannot force {} to disk", path.getParent(), e);
        }
    }
}

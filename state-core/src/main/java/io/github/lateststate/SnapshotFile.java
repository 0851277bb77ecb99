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
 * The last known good record of one stream on disk. At every moment the file is whole, the old one or the new one: it is written
 * beside its place, forced to the disk, and moved there in one step. Only its owner may read it, where the file system has modes. One
 * writer at a time: a lock file beside it keeps a second one out, in this JVM or in another.
 */
final class SnapshotFile implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(LatestState.class);
    private static final String TEMPORARY = ".tmp";

    /** Larger files are refused unread. A record that is larger is not saved. */
    private static final int MOST_BYTES =
            (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    /** The record is too large, now and later. */
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
     * Names a snapshot.
     *
     * @param path where it is; its folder is made when it is written
     * @param identity of which stream; one of another stream is not read
     * @param maxAge how old it may be to be read; null if it does not matter
     * @param clock what time it is
     */
    SnapshotFile(Path path, String identity, @Nullable Duration maxAge, InstantSource clock) {
        this.path = path.toAbsolutePath();
        this.lock = new SnapshotLock(this.path);
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
            SnapshotFormat.Saved saved = SnapshotFormat.decode(bytes());
            requireOurs(saved);
            requireFresh(saved.savedAt());
            return Optional.of(saved.record());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            logger.warn("The snapshot {} is not used, the state comes from the stream: {}", path, PlainText.of(e));
            return Optional.empty();
        }
    }

    /** A file that is no regular one may never end, or never begin; so it is not opened. */
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
     * Takes a record in the place of the older one.
     *
     * @throws TooLargeException if no later try can help, as the record will not be read
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
        // exclusively, under a name that nobody can plant a link at, and for its owner alone
        Path beside = Files.createTempFile(path.getParent(), temporaryPrefix(), TEMPORARY);
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } finally { // also if memory ran out; a copy for each try would fill the disk
            Files.deleteIfExists(beside);
        }
        forceFolder();
    }

    Path path() {
        return path;
    }

    /** Lets another one write. */
    @Override
    public void close() {
        lock.close();
    }

    private String temporaryPrefix() {
        return path.getFileName() + ".";
    }

    /** To move a file there would delete a FIFO or a device. */
    private void requireReplaceable() throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("what is there is not a regular file");
        }
    }

    private static void requireReadable(long size) throws IOException {
        if (size > MOST_BYTES) {
            throw new TooLargeException(
                    "it has " + size + " bytes, and a snapshot has at most " + MOST_BYTES + " with this heap");
        }
    }

    private void requireOurs(SnapshotFormat.Saved saved) throws IOException {
        if (!saved.identity().equals(identity)) {
            throw new IOException("it is of " + saved.identity() + ", not of " + identity);
        }
    }

    private void requireFresh(Instant savedAt) throws IOException {
        if (maxAge != null && Duration.between(savedAt, clock.instant()).compareTo(maxAge) > 0) {
            throw new IOException("it was saved at " + savedAt + ", which is longer ago than " + maxAge);
        }
    }

    /** So that the new name survives a power failure too. Not every system can open a folder; then it is its file system's job. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            logger.debug("Cannot force {} to disk", path.getParent(), e);
        }
    }
}

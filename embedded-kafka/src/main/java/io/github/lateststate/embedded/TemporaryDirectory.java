package io.github.lateststate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary directory. If its JVM is killed, it stays until another one is created. The JVM holds a lock on a file in it, and the
 * system releases the lock however the JVM ends. A directory whose lock is free has no owner any more, and is deleted. Process ids play no
 * part, so their reuse does no harm.
 */
final class TemporaryDirectory {

    private static final Logger logger = LoggerFactory.getLogger(TemporaryDirectory.class);

    private static final String PREFIX = "embedded-kafka-";
    private static final String LOCK = "owner.lock";

    /** A system property, because a copy of this class in another class loader must see the same value. */
    private static final String JVM_PROPERTY = "io.github.lateststate.embedded.jvm";

    /** Keeps the channels from the garbage collector, which would release their locks. */
    private static final Set<FileChannel> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel owner;

    private TemporaryDirectory(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    /** Creates a new directory, and deletes those whose owner is gone. */
    static TemporaryDirectory create() throws IOException {
        while (true) {
            Path path = Files.createTempDirectory(PREFIX + jvm() + "-");
            deleteWithoutOwner(path);
            Path file = path.resolve(LOCK);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // another JVM may have found it before it was locked, and have deleted it
            if (channel.tryLock() != null && Files.exists(file)) {
                HELD.add(channel);
                return new TemporaryDirectory(path, channel);
            }
            channel.close();
        }
    }

    Path path() {
        return path;
    }

    /** Does nothing the second time. */
    void delete() throws IOException {
        deleteTree(path);
        HELD.remove(owner);
        owner.close();
    }

    private static String jvm() {
        return (String) System.getProperties()
                .computeIfAbsent(JVM_PROPERTY, none -> UUID.randomUUID().toString());
    }

    private static void deleteWithoutOwner(Path ours) throws IOException {
        // does not open this JVM's own: on most systems, closing one channel of a file releases the locks of all its
        // channels
        DirectoryStream.Filter<Path> others = each -> {
            String name = String.valueOf(each.getFileName());
            return name.startsWith(PREFIX) && !name.startsWith(PREFIX + jvm());
        };
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(ours.resolveSibling(""), others)) {
            for (Path candidate : candidates) {
                deleteIfWithoutOwner(candidate, ours);
            }
        }
    }

    private static void deleteIfWithoutOwner(Path candidate, Path ours) {
        Path file = candidate.resolve(LOCK);
        try {
            if (!Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                    || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(candidate).equals(Files.getOwner(ours))) {
                return;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock gone = channel.tryLock()) {
                if (gone != null) {
                    logger.info("Deleting {}: the JVM that used it is gone.", candidate);
                    deleteTree(candidate);
                }
            }
        } catch (IOException | UncheckedIOException | OverlappingFileLockException e) {
            logger.debug("Left {} alone", candidate, e);
        }
    }

    /** Follows no links. Deletes the lock after everything but the directory, so that a failed deletion can be tried again. */
    private static void deleteTree(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        Path lock = directory.resolve(LOCK);
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.filter(each -> !each.equals(lock) && !each.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
        Files.deleteIfExists(lock);
        Files.deleteIfExists(directory);
    }
}

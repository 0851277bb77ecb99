package io.github.lateststate.docs.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open file, to which others append lines. It stays the same file if its path leads to another one. Not safe for use
 * by several threads.
 */
final class LineFile {

    private static final int CHUNK = 1 << 13;

    private final @Nullable Object key; // no other file gets it while this one is open
    private final FileChannel channel;
    private long size;
    private byte[] chunk = {};
    private long chunkStart;

    private LineFile(@Nullable Object key, FileChannel channel) throws IOException {
        this.key = key;
        this.channel = channel;
        this.size = channel.size();
    }

    static LineFile open(Path path) throws IOException {
        return new LineFile(keyOf(path), FileChannel.open(path));
    }

    /** Whether it is open, the path leads to it, and it is not shorter than before. Notes its new size. */
    boolean isStillAt(Path path) throws IOException {
        boolean same = Objects.equals(key, keyOf(path)) && channel.isOpen() && channel.size() >= size;
        size = same ? channel.size() : size;
        return same;
    }

    /** How many bytes there were when this file was found last. */
    long size() {
        return size;
    }

    /** The place after the last line break before {@code end}. If there is none after {@code first}, it is {@code first}. */
    long startOfLine(long end, long first) throws IOException {
        long start = end;
        while (start > first && byteBefore(start) != '\n') {
            start--;
        }
        return start;
    }

    /** Reads these bytes. If that fails, the file is closed: what of it was offered already is not known any more. */
    byte[] read(long start, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - start));
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, start + bytes.position()) < 0) {
                    throw new EOFException("The file became shorter while it was read.");
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        return bytes.array();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte byteBefore(long end) throws IOException {
        if (end <= chunkStart || end > chunkStart + chunk.length) {
            long start = Math.max(0, end - CHUNK);
            chunk = read(start, end);
            chunkStart = start;
        }
        return chunk[(int) (end - 1 - chunkStart)];
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}

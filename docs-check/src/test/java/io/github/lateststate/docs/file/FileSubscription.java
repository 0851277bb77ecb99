package io.github.lateststate.docs.file;

import io.github.lateststate.engine.Scope;
import io.github.lateststate.engine.SerialLoop;
import io.github.lateststate.spi.OutageBackoff;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppableSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.UndecidedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the file again and again, and offers the lines that are new since the last look. */
final class FileSubscription implements Subscription {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(4);
    private static final int LONGEST_LINE = 1 << 20;

    private final Path path;
    private final String group;
    private final SerialLoop loop;
    private final Scope scope;
    private final StateSink sink;
    private final OutageBackoff backoff = new OutageBackoff();
    private @Nullable LineFile file;
    private long offeredUpTo;
    private long recordsRead;
    private boolean caughtUp;
    private volatile String progress = "opening the file";

    FileSubscription(Path path, String group, StateSink sink) {
        this.path = path;
        this.group = group;
        this.loop = SerialLoop.onOwnThread("latest-state-file-" + path.getFileName(), this::interrupted);
        this.scope = new Scope(loop);
        this.sink = new StoppableSink(sink, loop::isClosed);
    }

    void start() {
        loop.execute(this::look);
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public String progress() {
        return progress;
    }

    @Override
    public void close() {
        loop.close(this::release, CLOSE);
    }

    private void look() {
        try {
            long asked = loop.nanoTime();
            LineFile lines = current();
            long end = lines.startOfLine(lines.size(), offeredUpTo);
            lookBack(lines, end);
            offeredUpTo = end;
            backoff.reset();
            if (!caughtUp) {
                caughtUp = true;
                sink.caughtUp(recordsRead);
            }
            sink.contact(Duration.ofNanos(loop.nanoTime() - asked), lines.size() > end);
            progress = "following from byte " + end;
            scope.after(PAUSE, this::look);
        } catch (IOException e) {
            interrupted(e);
        }
    }

    private LineFile current() throws IOException {
        LineFile before = file;
        if (before != null && before.isStillAt(path)) {
            return before;
        }
        LineFile found = LineFile.open(path);
        file = found;
        if (before != null) {
            offeredUpTo = 0;
            before.close();
            sink.replaced();
        }
        return found;
    }

    /** Newest first, until one is accepted. An undecided one ends this look, and the next one comes to it again. */
    private void lookBack(LineFile lines, long end) throws IOException {
        boolean accepted = false;
        for (long next = end; next > offeredUpTo && !accepted; ) {
            progress = "looking back in partition 0: at " + next + " of " + end;
            long start = lines.startOfLine(next - 1, offeredUpTo);
            accepted = offer(lines, start, next - 1);
            next = start;
        }
    }

    private boolean offer(LineFile lines, long start, long end) throws IOException {
        recordsRead++;
        if (end - start > LONGEST_LINE) {
            String message = "The line has " + (end - start) + " bytes. At most " + LONGEST_LINE + " are read.";
            sink.rejected(record(start, new byte[0]), new IOException(message));
            return false;
        }
        byte[] line = lines.read(start, end);
        StateRecord record = record(start, line.length == 0 ? null : line);
        return sink.wants(record) && sink.offer(record);
    }

    private static StateRecord record(long position, byte @Nullable [] value) {
        return new StateRecord("0", Long.toString(position), null, null, value, Map.of());
    }

    /** Also the loop's crash handler: whatever happened, the file is looked at again. */
    private void interrupted(Throwable thrown) {
        progress = "waiting to look at the file again";
        scope.end();
        scope.after(backoff.next(thrown instanceof AccessDeniedException), this::look);
        boolean undecided = thrown instanceof UndecidedException;
        sink.interrupted(
                undecided
                        ? thrown
                        : new IOException("Cannot read " + path + ". Check that it exists and may be read.", thrown));
    }

    private void release() {
        if (file != null) {
            file.close();
        }
    }
}

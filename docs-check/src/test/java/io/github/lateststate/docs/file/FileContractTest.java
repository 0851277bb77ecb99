package io.github.lateststate.docs.file;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.SubscriberContractTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every subscriber, on real files. In an outage, their folder has another name. */
class FileContractTest extends SubscriberContractTest {

    @TempDir
    Path disk;

    @Override
    protected LatestStateSubscriber subscriber() {
        return new FileSubscriber();
    }

    @Override
    protected SubscriptionSettings emptyStream() {
        SubscriptionSettings stream = missingStream().orElseThrow();
        createStream(stream);
        return stream;
    }

    @Override
    protected Optional<SubscriptionSettings> missingStream() {
        Path file = folder().resolve(UUID.randomUUID() + ".log");
        return Optional.of(new SubscriptionSettings(file.toString(), Map.of()));
    }

    @Override
    protected void createStream(SubscriptionSettings missing) {
        append(missing, new byte[0]);
    }

    @Override
    protected void publish(SubscriptionSettings stream, byte @Nullable [] payload) {
        append(stream, payload == null ? new byte[0] : payload);
        append(stream, new byte[] {'\n'});
    }

    @Override
    protected boolean publishUnreadable(SubscriptionSettings stream) {
        publish(stream, new byte[(1 << 20) + 1]);
        return true;
    }

    @Override
    protected void beginOutage() {
        rename(folder(), disk.resolve("away"));
    }

    @Override
    protected void endOutage() {
        rename(disk.resolve("away"), folder());
    }

    @Override
    protected boolean isOurThread(Thread thread) {
        return thread.getName().startsWith("latest-state-file-");
    }

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(folder());
    }

    private Path folder() {
        return disk.resolve("mounted");
    }

    private static void append(SubscriptionSettings stream, byte[] bytes) {
        try {
            Files.write(Path.of(stream.stream()), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rename(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.github.lateststate.docs.file;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a file on a local disk. Each line is a record of partition {@code 0}, and an empty line is a tombstone. Its
 * position is the byte at which it begins. A line that does not end yet is a record on its way.
 *
 * <p>To begin again, move another file to the same place. If a file is cut short instead and soon grows beyond its old
 * size, that is not noticed.
 */
public final class FileSubscriber implements LatestStateSubscriber {

    @Override
    public String name() {
        return "file";
    }

    @Override
    public Optional<String> streamIn(Map<String, String> env) {
        return Optional.ofNullable(env.get("STATE_FILE"));
    }

    @Override
    public Map<String, String> settingsIn(Map<String, String> env) {
        return Map.of();
    }

    @Override
    public Subscription subscribe(SubscriptionSettings settings, StateSink sink) {
        settings.requireKnown(Set.of());
        FileSubscription subscription = new FileSubscription(path(settings), settings.newGroup(), sink);
        subscription.start();
        return subscription;
    }

    private static Path path(SubscriptionSettings settings) {
        try {
            return Path.of(settings.stream());
        } catch (InvalidPathException e) {
            throw new InvalidSettingException("stream", "The stream is not a path: name a file.", e);
        }
    }
}

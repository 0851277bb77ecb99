package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import java.lang.ref.SoftReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The subscribers that ServiceLoader finds. It fails if none can be chosen; it never logs and goes on. */
final class Subscribers {

    private static final Map<String, String> OUR_MODULES = new TreeMap<>(
            Map.of("kafka", "io.github.lateststate:state-kafka", "kinesis", "io.github.lateststate:state-kinesis"));

    /**
     * What a class loader found before. Searching all jars again takes a large part of the time to open a state. The
     * references are soft, because a subscriber holds the class loader that it came from.
     */
    private static final Map<@Nullable ClassLoader, SoftReference<Subscribers>> FOUND =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** A subscriber, and what it follows. */
    record Choice(LatestStateSubscriber subscriber, SubscriptionSettings settings) {}

    private final Map<String, LatestStateSubscriber> byName;
    private final String places;

    private Subscribers(Map<String, LatestStateSubscriber> byName, String places) {
        this.byName = byName;
        this.places = places;
    }

    /**
     * Finds what the context class loader sees, and what the library's own class loader sees. In a fat jar, a thread of
     * the common pool does not have the context class loader of the main thread.
     */
    static Subscribers onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        SoftReference<Subscribers> before = FOUND.get(context);
        Subscribers found = before == null ? null : before.get();
        if (found == null) {
            ClassLoader own = Subscribers.class.getClassLoader();
            String places = "with the context class loader " + context;
            found = of(ServiceLoader.load(LatestStateSubscriber.class, context), places);
            if (!Objects.equals(own, context)) {
                found = found.and(of(
                        ServiceLoader.load(LatestStateSubscriber.class, own),
                        places + " and the library's own, " + own));
            }
            FOUND.put(context, new SoftReference<>(found));
        }
        return found;
    }

    /** These, and those of {@code more} with other names. Both may find the same class. */
    private Subscribers and(Subscribers more) {
        Map<String, LatestStateSubscriber> all = new TreeMap<>(more.byName);
        all.putAll(byName);
        return new Subscribers(all, more.places);
    }

    static Subscribers of(Iterable<LatestStateSubscriber> found, String places) {
        Map<String, LatestStateSubscriber> byName = new TreeMap<>();
        try {
            for (LatestStateSubscriber subscriber : found) {
                LatestStateSubscriber other = byName.put(subscriber.name(), subscriber);
                if (other != null) {
                    throw notFound(
                            "Two subscribers are named '" + subscriber.name() + "': "
                                    + other.getClass().getName() + " and "
                                    + subscriber.getClass().getName() + ". Remove one from the class path.",
                            null);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) { // LinkageError if the broker's client is missing
            throw notFound(
                    "A subscriber on the class path cannot be loaded: " + e
                            + ". Fix or remove its artifact. Loaded before it: " + byName.keySet()
                            + ".",
                    e);
        }
        return new Subscribers(byName, places);
    }

    LatestStateSubscriber named(String name) {
        LatestStateSubscriber subscriber = byName.get(name);
        if (subscriber == null) {
            throw notFound("There is no subscriber named '" + name + "'. " + candidates(), null);
        }
        return subscriber;
    }

    boolean isAnyChosenBy(Map<String, String> env) {
        return !allChosenBy(env).isEmpty();
    }

    LatestStateSubscriber chosenBy(Map<String, String> env) {
        List<LatestStateSubscriber> chosen = allChosenBy(env);
        if (chosen.isEmpty()) {
            throw notFound("The environment names no stream: set KAFKA_TOPIC or KINESIS_STREAM. " + candidates(), null);
        }
        if (chosen.size() > 1) {
            throw notFound(
                    "The environment names more than one stream: " + described(chosen, env)
                            + ". Choose one, and unset the variable that names the other.",
                    null);
        }
        return chosen.get(0);
    }

    SubscriberNotFoundException noneChosen() {
        return notFound("No subscriber was chosen: call subscriber(\"…\") before open(). " + candidates(), null);
    }

    private List<LatestStateSubscriber> allChosenBy(Map<String, String> env) {
        return byName.values().stream()
                .filter(subscriber -> subscriber.streamIn(env).isPresent())
                .toList();
    }

    private static String described(List<LatestStateSubscriber> chosen, Map<String, String> env) {
        return chosen.stream()
                .map(subscriber ->
                        subscriber.name() + " '" + subscriber.streamIn(env).orElse("") + "'")
                .collect(Collectors.joining(" and "));
    }

    private String candidates() {
        List<String> missing = OUR_MODULES.entrySet().stream()
                .filter(module -> !byName.containsKey(module.getKey()))
                .map(module -> "'" + module.getKey() + "' comes with the artifact " + module.getValue())
                .toList();
        return "Found " + places + ": " + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet()))
                + (missing.isEmpty() ? "." : "; " + String.join(", ", missing) + ".");
    }

    private static SubscriberNotFoundException notFound(String message, @Nullable Throwable cause) {
        return new SubscriberNotFoundException(message, cause);
    }
}

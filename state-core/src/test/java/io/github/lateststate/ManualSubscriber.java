package io.github.lateststate;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes the calls to the sink that the test asks for. */
final class ManualSubscriber implements LatestStateSubscriber {

    static final String PROGRESS = "looking back in partition 0: at 12 of 40";
    static final long RECORDS_READ = 40;

    /** Payloads as text; "bad" cannot be decoded. */
    static final Decoder<String> TEXT = (payload, origin) -> {
        String text = new String(payload, StandardCharsets.UTF_8);
        if (text.startsWith("bad")) {
            throw new IllegalArgumentException("no such text: " + text);
        }
        return text;
    };

    final AtomicInteger closings = new AtomicInteger();

    /** The subscription throws this when it is asked for its group. */
    @Nullable
    Error trouble;

    private @Nullable StateSink sink;
    private @Nullable SubscriptionSettings settings;

    LatestStateBuilder<String> state() {
        return state(TEXT);
    }

    <T> LatestStateBuilder<T> state(Decoder<T> decoder) {
        return LatestState.builder(decoder).subscriber(this).stream("models");
    }

    StateSink sink() {
        return Objects.requireNonNull(sink, "nobody has subscribed");
    }

    SubscriptionSettings settings() {
        return Objects.requireNonNull(settings, "nobody has subscribed");
    }

    boolean offer(String partition, int position, int second, @Nullable String payload) {
        return sink().offer(record(partition, position, second, payload));
    }

    /** Offers a record of partition 0 whose timestamp is its position. */
    boolean offer(int position, @Nullable String payload) {
        return offer("0", position, position, payload);
    }

    void caughtUp() {
        sink().caughtUp(RECORDS_READ);
    }

    static StateRecord record(String partition, int position, int second, @Nullable String payload) {
        return new StateRecord(
                partition,
                Integer.toString(position),
                Instant.ofEpochSecond(second),
                null,
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    @Override
    public String name() {
        return "manual";
    }

    @Override
    public Optional<String> streamIn(Map<String, String> env) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> settingsIn(Map<String, String> env) {
        return Map.of();
    }

    @Override
    public Subscription subscribe(SubscriptionSettings given, StateSink target) {
        given.requireKnown(Set.of());
        settings = given;
        sink = target;
        String group = given.newGroup();
        return new Subscription() {
            @Override
            public String group() {
                if (trouble != null) {
                    throw trouble;
                }
                return group;
            }

            @Override
            public String progress() {
                return PROGRESS;
            }

            @Override
            public void close() {
                closings.incrementAndGet();
            }
        };
    }
}

package io.github.lateststate.testing;

import io.github.lateststate.spi.StateRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a record for an {@link InMemorySubscriber}, and appends it. Not safe for use by several threads at once.
 *
 * <pre>{@code
 * broker.record("{\"version\": 7}").key("models").header("type", "image").partition("1").push();
 * }</pre>
 */
public final class InMemoryRecord {

    private final InMemorySubscriber broker;
    private final byte @Nullable [] payload;
    private final Map<String, List<byte[]>> headers = new LinkedHashMap<>();
    private String partition = "0";
    private byte @Nullable [] key;
    private @Nullable Instant timestamp;

    InMemoryRecord(InMemorySubscriber broker, byte @Nullable [] payload) {
        this.broker = broker;
        this.payload = payload;
    }

    /**
     * Sets the key. Without this call the record has none.
     *
     * @param text the key, as UTF-8
     * @return this
     */
    public InMemoryRecord key(String text) {
        return key(bytes(text));
    }

    /**
     * Sets the key. Without this call the record has none.
     *
     * @param bytes the key; not copied
     * @return this
     */
    public InMemoryRecord key(byte[] bytes) {
        key = Objects.requireNonNull(bytes, "key");
        return this;
    }

    /**
     * Adds a header. Several may have the same name.
     *
     * @param name the name
     * @param value the value, as UTF-8
     * @return this
     */
    public InMemoryRecord header(String name, String value) {
        return header(name, bytes(value));
    }

    /**
     * Adds a header. Several may have the same name.
     *
     * @param name the name
     * @param value the value; not copied
     * @return this
     */
    public InMemoryRecord header(String name, byte[] value) {
        headers.computeIfAbsent(name, first -> new ArrayList<>()).add(Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets the partition.
     *
     * @param name any name; a partition begins with its first record; default {@code 0}
     * @return this
     */
    public InMemoryRecord partition(String name) {
        partition = Objects.requireNonNull(name, "partition");
        return this;
    }

    /**
     * Sets the timestamp.
     *
     * @param time any time; default the time of {@link #push}
     * @return this
     */
    public InMemoryRecord timestamp(Instant time) {
        timestamp = Objects.requireNonNull(time, "timestamp");
        return this;
    }

    /**
     * Appends the record to its partition. When this returns, the states have received it, unless there is an outage.
     * If you call it again, it appends another record with the same content.
     */
    public void push() {
        broker.push(this);
    }

    String partition() {
        return partition;
    }

    StateRecord at(int position) {
        return new StateRecord(
                partition,
                Integer.toString(position),
                timestamp == null ? Instant.now() : timestamp,
                key,
                payload,
                headers);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

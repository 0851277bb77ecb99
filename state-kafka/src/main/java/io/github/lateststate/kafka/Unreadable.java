package io.github.lateststate.kafka;

import static java.util.stream.Collectors.toSet;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Finds out from a poll's exception whether a batch cannot be read, and which one. Kafka has no exception of its own
 * for that.
 */
final class Unreadable {

    /** Kafka names the first offset only of a batch whose checksum is wrong. */
    private static final Pattern BATCH = Pattern.compile("\\bat offset (\\d+) is invalid");

    private static final List<String> CODECS = List.of("snappy", "zstd", "lz4", "gzip");

    private Unreadable() {}

    /** Whether the exception is about a batch of this partition. */
    static boolean isOf(TopicPartition partition, Throwable thrown) {
        if (thrown instanceof RecordDeserializationException e) {
            return e.topicPartition().equals(partition);
        }
        if (!(thrown instanceof KafkaException)
                || thrown instanceof ApiException
                || thrown instanceof WakeupException
                || thrown instanceof InterruptException
                || thrown instanceof InvalidOffsetException) {
            return false;
        }
        Pattern name = Pattern.compile("(?<![\\w.-])" + Pattern.quote(partition.toString()) + "(?!\\w)");
        return name.matcher(String.valueOf(thrown.getMessage())).find();
    }

    /** The topics whose batch the exception is about; empty if it is not about a batch. */
    static Set<String> topics(Collection<TopicPartition> partitions, KafkaException thrown) {
        return topics(partitions, partition -> isOf(partition, thrown));
    }

    /**
     * The topics that may hold a batch that made a poll fail without naming it: those with something to read, or else
     * all.
     */
    static Set<String> topicsToRead(Consumer<?, ?> consumer) {
        Set<String> behind = topics(
                consumer.assignment(),
                partition -> consumer.currentLag(partition).orElse(0) > 0);
        return behind.isEmpty() ? topics(consumer.assignment(), partition -> true) : behind;
    }

    private static Set<String> topics(Collection<TopicPartition> partitions, Predicate<TopicPartition> which) {
        return partitions.stream().filter(which).map(TopicPartition::topic).collect(toSet());
    }

    /** The first offset of the batch, if Kafka says so. */
    static OptionalLong batch(Throwable thrown) {
        for (Throwable cause : Causes.chain(thrown)) {
            Matcher named = BATCH.matcher(String.valueOf(cause.getMessage()));
            if (named.find()) {
                return OptionalLong.of(Long.parseLong(named.group(1)));
            }
        }
        return OptionalLong.empty();
    }

    static KafkaException explained(TopicPartition partition, long offset, Throwable thrown) {
        String where = "The batch at offset " + offset + " of partition " + partition.partition() + " of topic '"
                + partition.topic() + "' cannot be read: ";
        return new KafkaException(where + why(thrown) + " (" + Causes.described(thrown) + ")", thrown);
    }

    private static String why(Throwable thrown) {
        if (batch(thrown).isPresent()) {
            return "its checksum is wrong; publish the state again, and check the broker's disk";
        }
        if (Causes.has(thrown, LinkageError.class)) {
            return "the library for its codec" + codec(thrown)
                    + " cannot be loaded; set java.io.tmpdir to a directory that this JVM can write to and"
                    + " execute from";
        }
        return "the client cannot decode it; publish the state again";
    }

    private static String codec(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause : Causes.chain(thrown)) {
            text.append(cause);
            for (StackTraceElement frame : cause.getStackTrace()) {
                text.append(frame.getClassName()).append(' ');
            }
        }
        String all = text.toString().toLowerCase(Locale.ROOT);
        return CODECS.stream()
                .filter(all::contains)
                .findFirst()
                .map(name -> " " + name)
                .orElse("");
    }
}

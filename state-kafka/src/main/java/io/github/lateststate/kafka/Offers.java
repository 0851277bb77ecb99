package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Hands records to the sink, newest first, and says which partitions no longer count. */
final class Offers {

    private static final byte[] NO_BYTES = {};

    private final StateSink sink;
    private final FollowedLog log;

    Offers(StateSink sink, FollowedLog log) {
        this.sink = sink;
        this.log = log;
    }

    /** Offers one record, or rejects what stands for records that cannot be read. */
    boolean offer(ConsumerRecord<byte[], byte[]> record) {
        if (record instanceof UnreadableBatch batch) {
            sink.rejected(toStateRecord(batch), batch.cause());
            return false;
        }
        boolean accepted = sink.offer(toStateRecord(record));
        if (accepted) {
            log.accepted(new TopicPartition(record.topic(), record.partition()))
                    .forEach(lost -> sink.retire(Integer.toString(lost.partition())));
        }
        return accepted;
    }

    /** Whether to keep and to offer a record. What cannot be read may be one that is wanted. */
    boolean wants(ConsumerRecord<byte[], byte[]> record) {
        return record instanceof UnreadableBatch || sink.wants(toStateRecord(record));
    }

    /** Offers the records of one partition that are wanted, given in the order of the log, until one is accepted. */
    void offerNewest(List<ConsumerRecord<byte[], byte[]>> records) {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (wants(records.get(i)) && offer(records.get(i))) {
                return;
            }
        }
    }

    private static StateRecord toStateRecord(ConsumerRecord<byte[], byte[]> record) {
        Map<String, List<byte[]>> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.computeIfAbsent(header.key(), name -> new ArrayList<>())
                    .add(header.value() == null ? NO_BYTES : header.value());
        }
        return new StateRecord(
                Integer.toString(record.partition()),
                Long.toString(record.offset()),
                record.timestamp() == ConsumerRecord.NO_TIMESTAMP ? null : Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                record.value(),
                headers);
    }
}

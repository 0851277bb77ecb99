package io.github.lateststate.kafka;

import io.github.lateststate.engine.NewestFirst;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Hands records to the sink, newest first. */
final class Offers {

    private static final byte[] NO_BYTES = {};

    private final StateSink sink;

    Offers(StateSink sink) {
        this.sink = sink;
    }

    /** Offers one record. If it stands for records that cannot be read, rejects it. */
    boolean offer(ConsumerRecord<byte[], byte[]> record) {
        if (record instanceof UnreadableBatch batch) {
            sink.rejected(toStateRecord(batch), batch.cause());
            return false;
        }
        return sink.offer(toStateRecord(record));
    }

    /** Whether to keep and offer a record. A batch that cannot be read is kept, because it may hold a wanted record. */
    boolean wants(ConsumerRecord<byte[], byte[]> record) {
        return record instanceof UnreadableBatch || sink.wants(toStateRecord(record));
    }

    /** Offers the wanted records of one partition, in the order of the log, until one is accepted. */
    void offerNewest(List<ConsumerRecord<byte[], byte[]>> records) {
        NewestFirst.offer(records, record -> {
            StateRecord one = toStateRecord(record);
            return sink.wants(one) && sink.offer(one);
        });
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

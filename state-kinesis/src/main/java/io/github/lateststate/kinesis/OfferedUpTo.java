package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Record;

/** How far the records of a shard have been taken, so that none is offered twice, however often it is read. */
final class OfferedUpTo {

    private @Nullable BigInteger position;

    /** Takes records, in the order of the shard. */
    void note(List<Record> records) {
        if (!records.isEmpty()) {
            Record last = records.get(records.size() - 1);
            if (isNew(last)) {
                position = Positions.of(last);
            }
        }
    }

    /** Takes records, and returns those that are newer than all earlier ones. */
    List<Record> takeNew(List<Record> records) {
        int first = records.size();
        while (first > 0 && isNew(records.get(first - 1))) {
            first--;
        }
        note(records);
        return records.subList(first, records.size());
    }

    private boolean isNew(Record record) {
        return position == null || Positions.of(record).compareTo(position) > 0;
    }
}

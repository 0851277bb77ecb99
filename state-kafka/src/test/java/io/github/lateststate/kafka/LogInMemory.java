package io.github.lateststate.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A log in memory, with records, gaps, and records of two sizes. */
final class LogInMemory {

    static final int SMALL = 10;
    static final int LARGE = 350_000;

    /** The content of an offset. A gap is a marker, aborted data, or what compaction removed. */
    enum Slot {
        GOOD,
        BAD,
        LARGE_BAD,
        GAP
    }

    private final long begin;
    private final List<Slot> slots = new ArrayList<>();

    LogInMemory(long begin) {
        this.begin = begin;
    }

    static LogInMemory joined(List<LogInMemory> logs) {
        LogInMemory all = new LogInMemory(0);
        logs.forEach(all::append);
        return all;
    }

    LogInMemory append(Slot slot, int count) {
        for (int i = 0; i < count; i++) {
            slots.add(slot);
        }
        return this;
    }

    LogInMemory append(LogInMemory other) {
        slots.addAll(other.slots);
        return this;
    }

    long begin() {
        return begin;
    }

    long end() {
        return begin + slots.size();
    }

    Slot at(long offset) {
        return slots.get(Math.toIntExact(offset - begin));
    }

    int sizeAt(long offset) {
        return at(offset) == Slot.LARGE_BAD ? LARGE : SMALL;
    }

    List<Long> backToTheLastGoodOne(long from) {
        List<Long> offsets = new ArrayList<>();
        for (long offset = end() - 1; offset >= from; offset--) {
            if (at(offset) != Slot.GAP) {
                offsets.add(offset);
            }
            if (at(offset) == Slot.GOOD) {
                break;
            }
        }
        return offsets;
    }

    Optional<ConsumerRecord<byte[], byte[]>> record(long offset) {
        if (offset < begin || offset >= end() || at(offset) == Slot.GAP) {
            return Optional.empty();
        }
        return Optional.of(record(offset, sizeAt(offset)));
    }

    @Override
    public String toString() {
        NavigableMap<Long, Slot> changes = new TreeMap<>();
        for (long offset = begin; offset < end(); offset++) {
            if (offset == begin || at(offset) != at(offset - 1)) {
                changes.put(offset, at(offset));
            }
        }
        return "log from " + begin + " to " + end() + ": " + changes;
    }

    static ConsumerRecord<byte[], byte[]> record(long offset, int size) {
        return new ConsumerRecord<>(
                "topic",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                -1,
                size,
                null,
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}

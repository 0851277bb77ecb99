package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.spi.StateRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SnapshotFormatTest {

    @Property(tries = 200)
    void aSnapshotDecodesToWhatWasEncoded(@ForAll("saved") SnapshotFormat.Saved saved) throws IOException {
        SnapshotFormat.Saved read = SnapshotFormat.decode(SnapshotFormat.encode(saved));
        assertThat(read.identity()).isEqualTo(saved.identity());
        assertThat(read.savedAt()).isEqualTo(saved.savedAt());
        assertThat(read.record()).usingRecursiveComparison().isEqualTo(saved.record());
    }

    @Property(tries = 200)
    void aSnapshotThatIsCutShortIsRefused(
            @ForAll("saved") SnapshotFormat.Saved saved, @ForAll("fraction") double fraction) throws IOException {
        byte[] whole = SnapshotFormat.encode(saved);
        byte[] cut = Arrays.copyOf(whole, (int) (whole.length * fraction));
        assertThatThrownBy(() -> SnapshotFormat.decode(cut)).isInstanceOf(IOException.class);
    }

    @Property(tries = 500)
    void aSnapshotWithOneWrongBitIsRefused(
            @ForAll("saved") SnapshotFormat.Saved saved, @ForAll("fraction") double fraction, @ForAll("bit") int bit)
            throws IOException {
        byte[] damaged = SnapshotFormat.encode(saved);
        damaged[(int) (damaged.length * fraction)] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> SnapshotFormat.decode(damaged)).isInstanceOf(IOException.class);
    }

    @Provide
    Arbitrary<Double> fraction() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }

    @Provide
    Arbitrary<Integer> bit() {
        return Arbitraries.integers().between(0, 7);
    }

    @Provide
    Arbitrary<SnapshotFormat.Saved> saved() {
        Arbitrary<Instant> times = Arbitraries.longs()
                .between(-1_000_000, 4_000_000_000L)
                .map(second -> Instant.ofEpochSecond(second, Math.floorMod(second * 7919, 1_000_000_000)));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<Map<String, List<byte[]>>> headers = Arbitraries.maps(
                        Arbitraries.strings().ofMaxLength(5), bytes.list().ofMaxSize(3))
                .ofMaxSize(3);
        Arbitrary<StateRecord> records = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(20),
                        times,
                        bytes.injectNull(0.3),
                        bytes.injectNull(0.3),
                        headers)
                .as(SnapshotFormatTest::record);
        return Combinators.combine(Arbitraries.strings().ofMaxLength(20), times, records)
                .as(SnapshotFormat.Saved::new);
    }

    private static StateRecord record(
            String partition,
            Instant timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Map<String, List<byte[]>> headers) {
        return new StateRecord(partition, "17", timestamp, key, value, headers);
    }
}

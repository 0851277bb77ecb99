package io.github.lateststate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateRecordTest {

    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    @Test
    void headersKeepTheirOrderAndAreCopied() {
        Map<String, List<byte[]>> headers = new LinkedHashMap<>();
        List<byte[]> values = new ArrayList<>(List.of(SECRET, SECRET));
        headers.put("z", values);
        headers.put("a", List.of(SECRET));
        StateRecord record = new StateRecord("0", "1", Instant.EPOCH, null, null, headers);
        headers.clear();
        values.clear();
        assertThat(record.headers().keySet()).containsExactly("z", "a");
        assertThat(record.headers().get("z")).containsExactly(SECRET, SECRET);
        assertThatThrownBy(() -> record.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNameFromOutsideIsShownBoundedAndEscaped() {
        StateRecord record = new StateRecord("\u001B[31m" + "x".repeat(6_000_000), "7", null, null, null, Map.of());
        assertThat(record.toString()).hasSizeLessThan(400).contains("\\u001B[31m", "position 7");
    }

    @Test
    void toStringShowsThePlaceButNotTheContent() {
        StateRecord record =
                new StateRecord("0", "1", Instant.EPOCH, SECRET, SECRET, Map.of("secret", List.of(SECRET)));
        assertThat(record).hasToString("record at partition 0, position 1, of 1970-01-01T00:00:00Z");
    }
}

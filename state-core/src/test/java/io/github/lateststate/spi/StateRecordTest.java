package io.github.lateststate.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateRecordTest {

    private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);

    @Test
    void headersKeepTheirOrderAndAreCopied() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put("z", SECRET);
        headers.put("a", SECRET);
        StateRecord record = new StateRecord("0", "1", Instant.EPOCH, null, null, headers);
        headers.clear();
        assertThat(record.headers().keySet()).containsExactly("z", "a");
        assertThatThrownBy(() -> record.headers().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNameFromOutsideIsShownBoundedAndEscaped() {
        StateRecord record = new StateRecord("\u001B[31m" + "x".repeat(6_000_000), "7", null, null, null, Map.of());
        assertThat(record.toString()).hasSizeLessThan(400).contains("\\u001B[31m", "position 7");
    }

    @Test
    void toStringTellsThePlaceButNotTheContent() {
        StateRecord record = new StateRecord("0", "1", Instant.EPOCH, SECRET, SECRET, Map.of("secret", SECRET));
        assertThat(record).hasToString("record at partition 0, position 1, of 1970-01-01T00:00:00Z");
    }
}

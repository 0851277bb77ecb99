package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.StateRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OriginTest {

    @Test
    void twoReadsOfOneRecordAreEqualDespiteDifferentArrays() {
        assertThat(origin("key", "one", "two")).isEqualTo(origin("key", "one", "two"));
        assertThat(origin("key", "one", "two")).hasSameHashCodeAs(origin("key", "one", "two"));
    }

    @Test
    void anotherKeyOrHeaderMakesAnotherOrigin() {
        assertThat(origin("key", "one", "two"))
                .isNotEqualTo(origin("another", "one", "two"))
                .isNotEqualTo(origin("key", "one", "three"))
                .isNotEqualTo(origin("key", "one"))
                .isNotEqualTo(Origin.at("0", "1"));
    }

    @Test
    void twoStatesFromEqualRecordsAreEqual() {
        Current<String> before = Current.beforeAnyRecord(null);
        Current<String> one = before.next("a", origin("key", "one"), Source.RECORD);
        Current<String> two = before.next("a", origin("key", "one"), Source.RECORD);
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(one)
                .isNotEqualTo(before.next("b", origin("key", "one"), Source.RECORD))
                .isNotEqualTo(before.next("a", origin("key", "one"), Source.SNAPSHOT))
                .isNotEqualTo(before);
    }

    @Test
    void twoStatesWithEqualBytesAreEqual() {
        Current<byte[]> one = Current.beforeAnyRecord(bytes("value"));
        Current<byte[]> two = Current.beforeAnyRecord(bytes("value"));
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).isNotEqualTo(Current.beforeAnyRecord(bytes("another")));
    }

    private static Origin origin(String key, String... headers) {
        List<byte[]> values = List.of(headers).stream().map(OriginTest::bytes).toList();
        return Origin.of(new StateRecord("0", "1", Instant.EPOCH, bytes(key), null, Map.of("name", values)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

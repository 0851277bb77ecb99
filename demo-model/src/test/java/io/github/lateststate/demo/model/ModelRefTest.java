package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRefTest {

    private static final String SHA256 = "ab".repeat(32);

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @ParameterizedTest
    @ValueSource(
            strings = {"file:/models/7", "file:///models/7", "http://localhost:8080/7", "https://models.example/7"})
    void aWrittenMessageIsReadBack(String uri) {
        ModelRef ref = new ModelRef("7", URI.create(uri), SHA256);

        try (LatestState<ModelRef> state = state()) {
            broker.push(ref.json());
            assertThat(state.get()).isEqualTo(ref);
        }
    }

    @Test
    void anUnknownFieldIsIgnored() {
        try (LatestState<ModelRef> state = state()) {
            broker.push(message("7", "file:/models/7", SHA256).replace("{", "{\"by\":\"somebody\","));
            assertThat(state.get().version()).isEqualTo("7");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|file:/m|good|version is null",
                "a b|file:/m|good|version is a b",
                "../7|file:/m|good|version is ../7",
                "7||good|uri is null",
                "7|models/7|good|uri is models/7",
                "7|ftp://host/7|good|only file, http and https are fetched",
                "7|jar:file:/m!/7|good|only file, http and https are fetched",
                "7|file://host/7|good|uri is file://host/7",
                "7|http:///7|good|uri is http:///7",
                "7|file:m|good|uri is file:m",
                "7|file:/m||sha256 is null",
                "7|file:/m|AB|sha256 is AB"
            })
    void aMessageWithoutAModelIsRejectedAndTheLastGoodOneStays(
            String version, String uri, String sha256, String because) {
        try (LatestState<ModelRef> state = state()) {
            broker.push(message("good", "file:/models/7", SHA256));
            broker.push(message(version, uri, "good".equals(sha256) ? SHA256 : sha256));

            assertThat(state.get().version()).isEqualTo("good");
            assertThat(state.status().lastRejection().orElseThrow().cause()).hasStackTraceContaining(because);
        }
    }

    private LatestState<ModelRef> state() {
        return LatestState.builder(ModelRef.decoder()).subscriber(broker).stream("models")
                .open();
    }

    private static String message(String version, String uri, String sha256) {
        return "{\"version\":" + quoted(version) + ",\"uri\":" + quoted(uri) + ",\"sha256\":" + quoted(sha256) + "}";
    }

    private static String quoted(String text) {
        return text == null ? "null" : '"' + text + '"';
    }
}

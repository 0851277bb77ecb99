package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What editors read to complete properties. They complete the keys of a map's values by the components of their record. */
class MetadataTest {

    private final Map<String, JsonNode> properties = new HashMap<>();

    /** Each jar has a file of the same name. */
    MetadataTest() throws IOException {
        for (URL file : Collections.list(
                getClass().getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream content = file.openStream()) {
                for (JsonNode property : new JsonMapper().readTree(content).path("properties")) {
                    if (property.path("name").textValue().contains("latest-state")) {
                        properties.put(property.path("name").textValue(), property);
                    }
                }
            }
        }
    }

    @Test
    void thePropertiesOutsideOfStatesAreThereWithTheirTypes() {
        assertThat(properties)
                .allSatisfy((name, property) -> assertThat(
                                property.path("description").textValue())
                        .as(name)
                        .isNotBlank());
        assertThat(properties)
                .containsOnlyKeys(
                        "latest-state.health.max-silence",
                        "latest-state.states",
                        "management.endpoint.latest-state.access",
                        "management.endpoint.latest-state.cache.time-to-live",
                        "management.health.latest-state.enabled");
        assertThat(type("latest-state.health.max-silence")).isEqualTo("java.time.Duration");
        assertThat(type("management.health.latest-state.enabled")).isEqualTo("java.lang.Boolean");
    }

    @Test
    void eachPropertyOfAStateIsInTheMetadata() {
        assertThat(type("latest-state.states"))
                .isEqualTo("java.util.Map<java.lang.String," + StateProperties.class.getName() + ">");
        assertThat(components(StateProperties.class))
                .containsOnlyKeys("subscriber", "stream", "settings", "snapshot", "awaitReady", "key")
                .extractingByKey("settings")
                .hasToString("java.util.Map<java.lang.String, java.lang.String>");
        assertThat(components(StateProperties.Snapshot.class)).containsOnlyKeys("path", "maxAge");
    }

    private String type(String property) {
        return Objects.requireNonNull(properties.get(property)).path("type").textValue();
    }

    private static Map<String, Type> components(Class<?> type) {
        Map<String, Type> components = new HashMap<>();
        Arrays.stream(type.getRecordComponents())
                .forEach(
                        (RecordComponent component) -> components.put(component.getName(), component.getGenericType()));
        return components;
    }
}

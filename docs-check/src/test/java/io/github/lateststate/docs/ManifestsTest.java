package io.github.lateststate.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The manifests in {@code docs/kubernetes}. */
class ManifestsTest {

    private static final Map<String, String> API_VERSIONS =
            Map.of("Service", "v1", "Deployment", "apps/v1", "StatefulSet", "apps/v1");

    @Test
    void everyDocumentIsOfAKindOfItsApiVersion() throws IOException {
        assertThat(documents())
                .isNotEmpty()
                .allSatisfy(document -> assertThat(API_VERSIONS)
                        .containsEntry((String) at(document, "kind"), (String) at(document, "apiVersion")));
    }

    @Test
    void everyWorkloadSelectsItsOwnPods() throws IOException {
        assertThat(workloads())
                .allSatisfy(workload -> assertThat(at(workload, "spec", "selector", "matchLabels"))
                        .isEqualTo(at(workload, "spec", "template", "metadata", "labels")));
    }

    @Test
    void everyContainerHasAnImageWithAVersion() throws IOException {
        assertThat(containers())
                .isNotEmpty()
                .allSatisfy(container -> assertThat((String) at(container, "image"))
                        .matches("[a-z0-9./-]+:[\\w.-]+")
                        .doesNotEndWith(":latest"));
    }

    @Test
    void probesAskServedRoutesOfAPortOfTheContainer() throws IOException {
        assertThat(containers()).isNotEmpty().allSatisfy(container -> {
            assertThat(container.keySet().stream().map(Object::toString)).contains("readinessProbe", "livenessProbe");
            assertThat(probes(container)).allSatisfy(probe -> {
                assertThat((String) at(probe, "httpGet", "path")).matches(KnownNames::isServed);
                assertThat(names(container, "ports")).contains(at(probe, "httpGet", "port"));
            });
        });
    }

    @Test
    void variablesAreReadByCode() throws IOException {
        assertThat(containers())
                .isNotEmpty()
                .allSatisfy(container -> assertThat(names(container, "env"))
                        .isNotEmpty()
                        .allMatch(variable -> KnownNames.isVariable((String) variable)));
    }

    private static List<Map<?, ?>> documents() throws IOException {
        List<Map<?, ?>> documents = new ArrayList<>();
        KnownNames.files(Pages.ROOT.resolve("docs/kubernetes"), ".yaml")
                .forEach(file ->
                        new Yaml().loadAll(Text.of(file)).forEach(document -> documents.add((Map<?, ?>) document)));
        return documents;
    }

    private static List<Map<?, ?>> workloads() throws IOException {
        return documents().stream()
                .filter(document -> !"Service".equals(document.get("kind")))
                .toList();
    }

    private static List<Map<?, ?>> containers() throws IOException {
        return workloads().stream()
                .flatMap(workload -> maps(at(workload, "spec", "template", "spec", "containers")))
                .toList();
    }

    private static List<Object> probes(Map<?, ?> container) {
        return container.entrySet().stream()
                .filter(entry -> entry.getKey().toString().endsWith("Probe"))
                .map(entry -> (Object) entry.getValue())
                .toList();
    }

    private static List<Object> names(Map<?, ?> container, String list) {
        return maps(at(container, list)).map(each -> at(each, "name")).toList();
    }

    private static Stream<Map<?, ?>> maps(Object list) {
        return ((List<?>) list).stream().<Map<?, ?>>map(each -> (Map<?, ?>) each);
    }

    private static Object at(Object document, String... path) {
        Object found = document;
        for (String key : path) {
            found = requireNonNull(((Map<?, ?>) found).get(key), key);
        }
        return found;
    }
}

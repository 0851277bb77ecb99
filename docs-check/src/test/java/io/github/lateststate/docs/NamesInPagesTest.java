package io.github.lateststate.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages name only variables, settings, meters and routes that exist. */
class NamesInPagesTest {

    private static final Pattern METER = Pattern.compile("\\blatest[._](?:state|resource)[._][a-z._]*[a-z]\\b");
    private static final Pattern ROUTE =
            Pattern.compile("(?:(?:GET|POST|PUT) |localhost:800\\d|path: |`)(/[\\w-]+(?:/[\\w-]+)*)");

    /** Names of other programs: Kafka's scripts, the AWS SDK for one service, Kinesis, and TLS. */
    private static final Set<String> VARIABLES_OF_OTHERS = Set.of(
            "KAFKA_OPTS",
            "AWS_ENDPOINT_URL_KINESIS",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "CBOR_ENABLED",
            "SASL_SSL");

    /** Names of Kafka's broker, of Quarkus, Spring Boot's Actuator and Micronaut, of other deserializers, of files, and of builds. */
    private static final Set<String> SETTINGS_OF_OTHERS = Set.of(
            "advertised.listeners",
            "broker.session.timeout.ms",
            "group.initial.rebalance.delay.ms",
            "kafka.bootstrap.servers",
            "management.endpoint.health.probes.enabled",
            "management.endpoint.health.show-details",
            "management.endpoints.web.exposure.include",
            "endpoints.health.details-visible",
            "endpoints.prometheus.sensitive",
            "schema.registry.url",
            "kafka.version",
            "kafka-streams.version",
            "latest-state.version",
            "scala.version",
            "spring-boot.version",
            "check-links.mjs",
            "javadoc-text.mjs",
            "kafka-topics.sh",
            "pom.xml",
            "java.io.tmpdir",
            "maven.deploy.skip",
            "test.jvm.args",
            "major.minor.patch",
            "embedded.kafka.class.path");

    /** Meters, packages, Maven groups, and loggers. */
    private static final Pattern NO_SETTING = Pattern.compile("(?:latest|io|com|org|tools|boot|reactor|micrometer)\\..*"
            + "|(?:kafka\\.consumer|config\\.providers|demo|broker\\.log)(?:\\..*)?");

    /** Routes of Quarkus, Micronaut and Spring Boot, and a folder. */
    private static final Set<String> ROUTES_OF_OTHERS = Set.of(
            "/q/health/ready",
            "/q/metrics",
            "/health/readiness",
            "/prometheus",
            "/actuator/latest-state",
            "/actuator/health/latestState",
            "/tmp");

    @Test
    void variablesAreReadByCode() throws IOException {
        Set<String> known = KnownNames.variables();
        known.addAll(VARIABLES_OF_OTHERS);

        assertThat(named(KnownNames.VARIABLE, 0, Pages.all())).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void settingsAreKnownToTheLibraryOrToTheClient() throws IOException {
        Set<String> known = KnownNames.settings();
        known.addAll(SETTINGS_OF_OTHERS);

        assertThat(named(KnownNames.SETTING, 0, Pages.all()))
                .filteredOn(setting -> !NO_SETTING.matcher(setting).matches())
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void metersAreInTheTableOfMeters() throws IOException {
        Set<String> known = named(METER, 0, List.of(Pages.ROOT.resolve("docs/metrics.md")));
        List<Path> files = new ArrayList<>(Pages.all());
        files.addAll(KnownNames.files(Pages.ROOT.resolve("docs/operations"), ""));

        assertThat(named(METER, 0, files)).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void routesAreServed() throws IOException {
        assertThat(named(ROUTE, 1, Pages.all()))
                .filteredOn(route -> !ROUTES_OF_OTHERS.contains(route))
                .isNotEmpty()
                .allMatch(KnownNames::isServed);
    }

    private static Set<String> named(Pattern pattern, int group, List<Path> files) {
        return files.stream()
                .flatMap(file -> pattern.matcher(Text.of(file)).results())
                .map(found -> found.group(group))
                .collect(toCollection(TreeSet::new));
    }
}

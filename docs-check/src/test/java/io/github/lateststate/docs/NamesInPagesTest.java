package io.github.lateststate.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;

/** The pages name only variables, settings, meters and routes that exist. */
class NamesInPagesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");
    private static final Pattern SETTING = Pattern.compile("(?<=`|\")[a-z]+(?:\\.[a-z0-9]+)+(?=[=`\"])");
    private static final Pattern METER = Pattern.compile("\\blatest[._](?:state|resource)[._][a-z._]*[a-z]\\b");
    private static final Pattern ROUTE = Pattern.compile("(?:(?:GET|POST|PUT) |localhost:800\\d)(/[\\w/-]+)");

    /** Names of other programs: Kafka's scripts, the AWS SDK for one service, Kinesis, and TLS. */
    private static final Set<String> VARIABLES_OF_OTHERS = Set.of(
            "KAFKA_OPTS",
            "AWS_ENDPOINT_URL_KINESIS",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "CBOR_ENABLED",
            "SASL_SSL");

    /** Names of Kafka's broker, of Quarkus, of other deserializers, and of builds. */
    private static final Set<String> SETTINGS_OF_OTHERS = Set.of(
            "advertised.listeners",
            "broker.session.timeout.ms",
            "group.initial.rebalance.delay.ms",
            "kafka.bootstrap.servers",
            "schema.registry.url",
            "kafka.version",
            "scala.version",
            "pom.xml",
            "java.io.tmpdir",
            "maven.deploy.skip",
            "test.jvm.args",
            "major.minor.patch",
            "embedded.kafka.class.path");

    /** Meters, packages, Maven groups, and properties of Spring Boot and Micronaut. */
    private static final Pattern NO_SETTING = Pattern.compile(
            "(?:latest|io|com|org|tools|boot|reactor|micrometer)\\..*"
                    + "|(?:management|endpoints|settings|snapshot|kafka\\.consumer|config\\.providers|demo|broker\\.log)(?:\\..*)?");

    private static String code = "";

    @BeforeAll
    static void readTheCode() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> modules = Files.list(Pages.ROOT)) {
            for (Path module :
                    modules.filter(it -> Files.exists(it.resolve("pom.xml"))).toList()) {
                files(module.resolve("src/main"), ".java").forEach(file -> all.append(Text.of(file)));
                files(module.resolve("src/main"), ".yml").forEach(file -> all.append(Text.of(file)));
            }
        }
        files(Pages.ROOT.resolve("samples"), ".java").forEach(file -> all.append(Text.of(file)));
        files(Pages.ROOT.resolve(".ci"), "").forEach(file -> all.append(Text.of(file)));
        files(Pages.ROOT.resolve(".github"), ".yml").forEach(file -> all.append(Text.of(file)));
        files(Pages.ROOT.resolve("state-kinesis/src/test"), ".java").forEach(file -> all.append(Text.of(file)));
        code = all.toString();
    }

    @Test
    void variablesAreReadByCode() throws IOException {
        Set<String> known = settingsOfKafka().stream()
                .map(setting -> "KAFKA_" + setting.replace('.', '_').toUpperCase(Locale.ROOT))
                .collect(toCollection(TreeSet::new));
        Arrays.stream(SdkSystemSetting.values()).forEach(setting -> known.add(setting.environmentVariable()));
        VARIABLE.matcher(code).results().forEach(variable -> known.add(variable.group()));
        known.addAll(VARIABLES_OF_OTHERS);

        assertThat(named(VARIABLE, 0, Pages.all())).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void settingsAreKnownToTheLibraryOrToTheClient() throws IOException {
        Set<String> known = settingsOfKafka();
        SETTING.matcher(code).results().forEach(setting -> known.add(setting.group()));
        known.addAll(SETTINGS_OF_OTHERS);

        assertThat(named(SETTING, 0, Pages.all()))
                .filteredOn(setting -> !NO_SETTING.matcher(setting).matches())
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void metersAreInTheTableOfMeters() throws IOException {
        Set<String> known = named(METER, 0, List.of(Pages.ROOT.resolve("docs/metrics.md")));
        List<Path> files = new ArrayList<>(Pages.all());
        files.addAll(files(Pages.ROOT.resolve("docs/operations"), ""));

        assertThat(named(METER, 0, files)).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void routesAreServed() throws IOException {
        assertThat(named(ROUTE, 1, Pages.all()))
                .isNotEmpty()
                .allSatisfy(route -> assertThat(code).contains('"' + route + '"'));
    }

    private static Set<String> settingsOfKafka() {
        Set<String> settings = new TreeSet<>(ConsumerConfig.configNames());
        settings.addAll(ProducerConfig.configNames());
        settings.addAll(AdminClientConfig.configNames());
        for (Field field : TopicConfig.class.getFields()) {
            if (field.getName().endsWith("_CONFIG")) {
                settings.add(constant(field));
            }
        }
        return settings;
    }

    private static String constant(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> named(Pattern pattern, int group, List<Path> files) {
        return files.stream()
                .flatMap(file -> pattern.matcher(Text.of(file)).results())
                .map(found -> found.group(group))
                .collect(toCollection(TreeSet::new));
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .toList();
        }
    }
}

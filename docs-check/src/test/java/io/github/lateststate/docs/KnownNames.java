package io.github.lateststate.docs;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import software.amazon.awssdk.core.SdkSystemSetting;

/** The variables, settings and routes that the code knows. */
final class KnownNames {

    static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");
    static final Pattern SETTING =
            Pattern.compile("(?<=`|\")[a-z]+(?:-[a-z0-9]+)*(?:\\.[a-z0-9]+(?:-[a-z0-9]+)*)+(?=[=`\"])");

    private static final String CODE = readTheCode();

    private KnownNames() {}

    /** The variables that the code names, and those of Kafka's and AWS's clients. */
    static Set<String> variables() {
        Set<String> known = settingsOfKafka().stream()
                .map(setting -> "KAFKA_" + setting.replace('.', '_').toUpperCase(Locale.ROOT))
                .collect(toCollection(TreeSet::new));
        Arrays.stream(SdkSystemSetting.values()).forEach(setting -> known.add(setting.environmentVariable()));
        VARIABLE.matcher(CODE).results().map(MatchResult::group).forEach(known::add);
        return known;
    }

    /** Whether the code reads a variable of this name, which may be a single word. */
    static boolean isVariable(String name) {
        return variables().contains(name) || isText(name);
    }

    /** The settings of Kafka's clients, those that the code names, and the properties of Spring Boot and of the starter. */
    static Set<String> settings() {
        Set<String> known = settingsOfKafka();
        SETTING.matcher(CODE).results().map(MatchResult::group).forEach(known::add);
        return known;
    }

    static boolean isServed(String route) {
        return isText(route);
    }

    /** The files of a folder, if it exists. */
    static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .toList();
        }
    }

    private static boolean isText(String name) {
        return CODE.contains('"' + name + '"');
    }

    private static String readTheCode() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> modules = Files.list(Pages.ROOT)) {
            for (Path module :
                    modules.filter(it -> Files.exists(it.resolve("pom.xml"))).toList()) {
                files(module.resolve("src/main"), ".java").forEach(file -> all.append(Text.of(file)));
                files(module.resolve("src/main"), ".yml").forEach(file -> all.append(Text.of(file)));
            }
            files(Pages.ROOT.resolve("samples"), ".java").forEach(file -> all.append(Text.of(file)));
            files(Pages.ROOT.resolve(".ci"), "").forEach(file -> all.append(Text.of(file)));
            files(Pages.ROOT.resolve(".github"), ".yml").forEach(file -> all.append(Text.of(file)));
            files(Pages.ROOT.resolve("state-kinesis/src/test"), ".java").forEach(file -> all.append(Text.of(file)));
            all.append(Text.of(Path.of("src/test/java/io/github/lateststate/docs/file/FileSubscriber.java")));
            for (URL metadata : Collections.list(
                    KnownNames.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream file = metadata.openStream()) {
                    all.append(new String(file.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
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
}

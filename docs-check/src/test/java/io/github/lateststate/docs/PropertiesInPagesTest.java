package io.github.lateststate.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages on frameworks name each property of a state, and no other. */
class PropertiesInPagesTest {

    private static final Pattern TABLE =
            Pattern.compile("^(\\| `latest-state\\.states\\.<name>\\.` \\|(?:.*\\n\\|)*.*)", Pattern.MULTILINE);
    private static final Pattern KEY = Pattern.compile("^\\| `([a-z.*-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern LINE =
            Pattern.compile("^latest-state\\.states\\.\\w+\\.([a-z.-]+)=", Pattern.MULTILINE);
    private static final Pattern NAMES_OF_CDI = Pattern.compile("NAMES =\\s+Set\\.of\\(([^)]*)\\);");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern RECORD_OF_MICRONAUT =
            Pattern.compile("record StateProperties\\((.*)\\) \\{", Pattern.DOTALL);
    private static final Pattern COMPONENT = Pattern.compile("(\\w+)(?:,|$)");

    @Test
    void theTableOfSpringBootHasTheComponentsOfStateProperties() throws ClassNotFoundException {
        Class<?> properties = Class.forName("io.github.lateststate.spring.StateProperties");

        assertThat(inTable("docs/spring-boot.md"))
                .containsExactlyInAnyOrderElementsOf(components(properties, "").toList());
    }

    @Test
    void theTableOfQuarkusHasThePropertiesOfStateConfig() {
        Set<String> read =
                found(QUOTED, only(NAMES_OF_CDI, "state-cdi/src/main/java/io/github/lateststate/cdi/StateConfig.java"));
        read.add("settings.*");

        assertThat(inTable("docs/quarkus.md")).containsExactlyInAnyOrderElementsOf(read);
    }

    @Test
    void thePropertiesOfMicronautAreThoseOfTheSample() {
        String components = only(
                        RECORD_OF_MICRONAUT, "samples/micronaut/src/main/java/com/example/StateProperties.java")
                .replaceAll("@\\w+(?:\\([^)]*\\))?", "")
                .replaceAll("<[^>]*>", "");
        Set<String> read = found(COMPONENT, components).stream()
                .map(PropertiesInPagesTest::kebab)
                .filter(name -> !name.equals("name"))
                .collect(toCollection(TreeSet::new));

        assertThat(found(LINE, Text.of(Pages.ROOT.resolve("docs/micronaut.md"))))
                .map(key -> key.replaceFirst("\\..*", ""))
                .hasSameElementsAs(read);
    }

    private static Set<String> inTable(String page) {
        return found(KEY, only(TABLE, page));
    }

    private static String only(Pattern pattern, String file) {
        Matcher found = pattern.matcher(Text.of(Pages.ROOT.resolve(file)));
        assertThat(found.find()).as(file).isTrue();
        return found.group(1);
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(toCollection(TreeSet::new));
    }

    private static Stream<String> components(Class<?> type, String prefix) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> component(component, prefix));
    }

    private static Stream<String> component(RecordComponent component, String prefix) {
        String name = prefix + kebab(component.getName());
        if (component.getType().isRecord()) {
            return components(component.getType(), name + ".");
        }
        return Stream.of(component.getType() == Map.class ? name + ".*" : name);
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

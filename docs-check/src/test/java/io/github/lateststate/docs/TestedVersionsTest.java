package io.github.lateststate.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pom lists the versions that it tests, and each module compares docs/compatibility.md with that list. */
class TestedVersionsTest {

    private static final Pattern LISTED = Pattern.compile("<[\\w.]+\\.tested>(.*)</");
    private static final Pattern RUN = Pattern.compile("<reportNameSuffix>(.*)</");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{[^}]+}");

    /** The versions of the build itself, which every other test runs with. */
    private static final Set<String> NEWEST = Set.of("${kafka.version}", "${awssdk.version}", "${jackson.version}");

    @ParameterizedTest
    @ValueSource(strings = {"state-core", "state-kafka", "state-kinesis", "demo-server"})
    void eachListedVersionHasARunOfItsOwn(String module) {
        String pom = Text.of(Path.of("..", module, "pom.xml"));
        Set<String> older = properties(pom, LISTED);
        older.removeAll(NEWEST);
        assertThat(older).isNotEmpty();
        assertThat(properties(pom, RUN)).containsAll(older);
    }

    private static Set<String> properties(String pom, Pattern element) {
        return element.matcher(pom)
                .results()
                .flatMap(found -> PROPERTY.matcher(found.group(1)).results())
                .map(found -> found.group())
                .collect(toSet());
    }
}

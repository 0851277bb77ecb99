package io.github.lateststate.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What some pages show is in code that has its own tests: for other frameworks in a sample, which is a project of its
 * own, and for another broker in this module.
 */
class SampleSnippetsTest {

    @ParameterizedTest
    @MethodSource("snippets")
    void itIsPartOfTheSample(Snippet snippet) throws IOException {
        Path sample = requireNonNull(Pages.SAMPLES.get(snippet.page()));

        assertThat(files(sample)).anyMatch(file -> lines(Text.of(file)).contains(lines(snippet.code())));
    }

    private static List<Path> files(Path sample) throws IOException {
        try (Stream<Path> all = Files.walk(sample.resolve("src"))) {
            return Stream.concat(Stream.of(sample.resolve("pom.xml")), all.filter(Files::isRegularFile))
                    .toList();
        }
    }

    /** The lines without their indentation, each after a line break. */
    private static String lines(String text) {
        return text.lines().map(line -> "\n" + line.strip()).collect(Collectors.joining()) + "\n";
    }

    private static List<Snippet> snippets() throws IOException {
        return Pages.snippets("java", "xml", "properties").stream()
                .filter(snippet -> Pages.SAMPLES.containsKey(snippet.page()))
                .toList();
    }
}

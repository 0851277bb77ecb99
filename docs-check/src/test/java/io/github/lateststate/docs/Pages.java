package io.github.lateststate.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README, the other pages beside it, and all pages in {@code docs}. */
final class Pages {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("^( *)```(\\w+)\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The pages whose snippets are in a project that is tested, and its folder. The others compile here. */
    static final Map<String, Path> SAMPLES = Map.of(
            "docs/quarkus.md", ROOT.resolve("samples/quarkus"),
            "docs/micronaut.md", ROOT.resolve("samples/micronaut"),
            "docs/add-a-broker.md", ROOT.resolve("docs-check"));

    private Pages() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the fenced blocks of these languages. */
    static List<Snippet> snippets(String... languages) throws IOException {
        return all().stream()
                .flatMap(Pages::snippetsOf)
                .filter(snippet -> List.of(languages).contains(snippet.language()))
                .toList();
    }

    /** Returns the Java snippet that declares this class. */
    static Snippet declaring(String type) throws IOException {
        return snippets("java").stream()
                .filter(snippet -> snippet.code().contains("class " + type + " "))
                .findFirst()
                .orElseThrow();
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static Stream<Snippet> snippetsOf(Path page) {
        String text = Text.of(page);
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Snippet(
                        name(page),
                        (int) text.substring(0, block.start()).lines().count() + 1,
                        block.group(2),
                        block.group(3).replaceAll("(?m)^" + block.group(1), "")));
    }
}

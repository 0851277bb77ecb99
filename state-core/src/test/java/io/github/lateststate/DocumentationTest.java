package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation: links lead somewhere, every page can be found, and none is too long. */
class DocumentationTest {

    private static final int LIMIT = 900;
    private static final Set<String> LONG_BY_NATURE =
            Set.of("CHANGELOG.md", "docs/benchmarks.md"); // a release writes one, a benchmark the other
    private static final Pattern CODE = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern DIAGRAM =
            Pattern.compile("^```mermaid$.*?^```", Pattern.MULTILINE | Pattern.DOTALL); // a picture
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final Pattern PAGE_IN_CODE = Pattern.compile("\\bdocs/[\\w./-]*\\w\\.md\\b");

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : Repository.pages()) {
            for (String link : links(page)) {
                if (!leadsSomewhere(page, link)) {
                    broken.add(Repository.name(page) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageIsLinkedFromAnother() throws IOException {
        Set<Path> linked = new TreeSet<>();
        for (Path page : Repository.pages()) {
            links(page).forEach(link -> linked.add(target(page, link)));
        }
        assertThat(Repository.pages())
                .filteredOn(page -> page.startsWith(Repository.ROOT.resolve("docs")))
                .allSatisfy(page -> assertThat(linked).contains(page));
    }

    @Test
    void noPageIsTooLong() throws IOException {
        Map<String, Integer> tooLong = new HashMap<>();
        for (Path page : Repository.pages()) {
            int words = DIAGRAM.matcher(read(page)).replaceAll("").trim().split("\\s+").length;
            if (words >= LIMIT && !LONG_BY_NATURE.contains(Repository.name(page))) {
                tooLong.put(Repository.name(page), words);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void pagesThatTheCodeNamesExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path source : Repository.javaFiles("src/main")) {
            PAGE_IN_CODE.matcher(read(source)).results().map(MatchResult::group).forEach(page -> {
                if (!Files.exists(Repository.ROOT.resolve(page))) {
                    missing.add(Repository.name(source) + ": " + page);
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        Path target = target(page, link);
        int hash = link.indexOf('#');
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    private static Path target(Path page, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    /** The anchors of a page's headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new TreeSet<>();
        HEADING.matcher(prose(page))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .forEach(anchor -> {
                    String unique = anchor;
                    for (int again = 1; !anchors.add(unique); again++) {
                        unique = anchor + "-" + again;
                    }
                });
        return anchors;
    }

    private static String anchor(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-');
    }

    private static List<String> links(Path page) {
        return LINK.matcher(prose(page))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static String prose(Path page) {
        return CODE.matcher(read(page)).replaceAll("");
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

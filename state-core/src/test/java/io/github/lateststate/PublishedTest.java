package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is published: every module that is not a program, under versions that users can rely on. {@code .ci/check-release} looks at the jars. */
class PublishedTest {

    private static final String PARENT = "latest-state";
    private static final String PROGRAMS = "latest-state-programs";
    private static final Pattern OUR_VERSION = Pattern.compile(
            "(?:demo-\\w+-|<groupId>io\\.github\\.lateststate</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>)(\\d[\\w.]*(?:-SNAPSHOT)?)(?=\\.jar|<)");

    @Test
    void everyModuleIsPublishedOrAProgram() throws Exception {
        for (String module : modules()) {
            assertThat(parent(module)).as(module).isIn(PARENT, PROGRAMS);
        }
    }

    @Test
    void theBomNamesTheLibrariesAndNothingElse() throws Exception {
        Set<String> libraries = new TreeSet<>();
        for (String module : modules()) {
            if (parent(module).equals(PARENT)
                    && values(pom(module), "/project/packaging").isEmpty()) {
                libraries.add(module);
            }
        }

        assertThat(new TreeSet<>(values(pom("state-bom"), "//dependency/artifactId")))
                .isEqualTo(libraries);
    }

    @Test
    void japicmpGuardsEachModuleThatHasAListOfItsApi() throws Exception {
        for (String module : modules()) {
            boolean listed = Files.exists(Repository.ROOT.resolve(module).resolve("src/test/api"));
            assertThat(values(pom(module), "/project/build/plugins/plugin/artifactId")
                            .contains("japicmp-maven-plugin"))
                    .as(module)
                    .isEqualTo(listed);
        }
    }

    @Test
    void theParentManagesOnlyWhatALibraryUses() throws Exception {
        Set<String> used = new TreeSet<>();
        for (String module : modules()) {
            if (parent(module).equals(PARENT)) {
                used.addAll(values(pom(module), "/project/dependencies/dependency/artifactId"));
            }
        }

        assertThat(used).containsAll(values(pom(""), "//dependencyManagement//dependency[not(scope)]/artifactId"));
    }

    @Test
    void thePagesNameTheVersionOfTheProject() throws Exception {
        String version = values(pom(""), "/project/version").get(0);
        List<String> others = new ArrayList<>();
        for (Path page : Repository.pages()) {
            OUR_VERSION
                    .matcher(Files.readString(page))
                    .results()
                    .map(found -> found.group(1))
                    .filter(found -> !found.equals(version))
                    .forEach(found -> others.add(Repository.name(page) + ": " + found));
        }

        assertThat(others).isEmpty();
    }

    @Test
    void theEmulatorThatThePagesInstallIsTheOneOfTheTests() throws IOException {
        String tested = only("\"kinesis-local\": \"([^\"]+)\"", "state-kinesis/src/test/kinesis-mock/package.json");

        assertThat(only("npm install .*kinesis-local@(\\S+)", "docs/kinesis.md"))
                .isEqualTo(tested);
    }

    private static List<String> modules() throws Exception {
        return values(pom(""), "/project/modules/module");
    }

    private static String parent(String module) throws Exception {
        return values(pom(module), "/project/parent/artifactId").get(0);
    }

    private static Document pom(String module) throws Exception {
        Path file = Repository.ROOT.resolve(module).resolve("pom.xml");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static List<String> values(Document pom, String path) throws Exception {
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            values.add(found.item(i).getTextContent());
        }
        return values;
    }

    private static String only(String pattern, String file) throws IOException {
        List<MatchResult> found = Pattern.compile(pattern)
                .matcher(Files.readString(Repository.ROOT.resolve(file)))
                .results()
                .toList();
        assertThat(found).as(pattern + " in " + file).hasSize(1);
        return found.get(0).group(1);
    }
}

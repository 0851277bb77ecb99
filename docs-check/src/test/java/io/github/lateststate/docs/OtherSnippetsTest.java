package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.yaml.snakeyaml.Yaml;

/** XML, YAML, properties and commands are well-formed, and every block says what it is. */
class OtherSnippetsTest {

    private static final Set<String> LANGUAGES =
            Set.of("java", "kotlin", "xml", "yaml", "properties", "bash", "console", "mermaid", "text");
    private static final Pattern COMMAND = Pattern.compile("^\\$ (.*)$", Pattern.MULTILINE);
    private static final Pattern OPENING = Pattern.compile("(?m)^ *```(.*)\n(?s:.*?)^ *```$");

    @Test
    void everyBlockHasALanguageThatIsChecked() throws IOException {
        assertThat(Pages.all())
                .allSatisfy(page -> assertThat(OPENING.matcher(Text.of(page)).results())
                        .allSatisfy(block -> assertThat(block.group(1)).isIn(LANGUAGES)));
    }

    @ParameterizedTest
    @MethodSource("xml")
    void xmlIsWellFormed(Snippet xml) throws Exception {
        String document = "<page>" + xml.code() + "</page>";
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(document)));
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void yamlIsWellFormed(Snippet yaml) {
        Object content = new Yaml().load(yaml.code());

        assertThat(content).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("properties")
    void propertiesHaveValues(Snippet snippet) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(snippet.code()));

        assertThat(properties).isNotEmpty();
        assertThat(properties.values()).doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandsAreWellFormed(Snippet bash) throws Exception {
        Process check =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        check.getOutputStream().write(bash.code().getBytes(StandardCharsets.UTF_8));
        check.getOutputStream().close();

        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    private static List<Snippet> xml() throws IOException {
        return Pages.snippets("xml");
    }

    private static List<Snippet> yaml() throws IOException {
        return Pages.snippets("yaml");
    }

    private static List<Snippet> properties() throws IOException {
        return Pages.snippets("properties");
    }

    /** The console shows commands and what they print. */
    private static List<Snippet> commands() throws IOException {
        return Pages.snippets("bash", "console").stream()
                .map(snippet -> snippet.language().equals("bash") ? snippet : commandsOf(snippet))
                .toList();
    }

    private static Snippet commandsOf(Snippet console) {
        String commands = COMMAND.matcher(console.code())
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.joining("\n"));
        return new Snippet(console.page(), console.line(), "bash", commands);
    }
}

package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pages in {@code docs/troubleshooting} list every message of the code, word for word, with its cause and remedy.
 *
 * <p>{@link MessagesInCode} says what a message is. The modules {@code reliability} and {@code benchmarks} are left out:
 * only those who work on this project run them.
 */
class MessagesTest {

    private static final Set<String> FOR_THE_PROJECT = Set.of("reliability", "benchmarks");
    private static final Set<String> FOR_MACHINES = Set.of(
            "required requisite sufficient optional username password true false plaintext ssl sasl_plaintext sasl_ssl"
                    + " plain gssapi oauthbearer",
            "scram-sha-256 scram-sha-512 jks pkcs12 pem https tls tlsv1.2 tlsv1.3 read_committed read_uncommitted",
            "-genkeypair -alias broker -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1",
            "-exportcert -alias broker",
            "-importcert -alias broker -noprompt",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; connect-src 'self' …",
            "text/plain; version=0.0.4; charset=utf-8",
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            "java -jar demo-model/target/demo-model-*.jar train",
            "java -jar demo-producer/target/demo-producer-*.jar");
    private static final Pattern ROW = Pattern.compile("^\\| `.*$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final int MOST_WORDS = 25;

    private static final SortedSet<String> MESSAGES = new TreeSet<>();

    @BeforeAll
    static void readTheCode() throws IOException {
        for (Path folder : sources()) {
            MESSAGES.addAll(MessagesInCode.of(folder));
        }
        assertThat(MESSAGES).containsAll(FOR_MACHINES);
        MESSAGES.removeAll(FOR_MACHINES);
    }

    @Test
    void everyMessageIsListed() throws IOException {
        Set<String> listed = listed();
        assertThat(MESSAGES).filteredOn(message -> !listed.contains(message)).isEmpty();
    }

    @Test
    void everyListedMessageIsInTheCode() throws IOException {
        assertThat(listed()).filteredOn(message -> !MESSAGES.contains(message)).isEmpty();
    }

    @Test
    void everyListedMessageHasACauseAndARemedy() throws IOException {
        assertThat(rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(cells(row)).hasSize(3).noneMatch(String::isBlank));
    }

    @Test
    void noSentenceOfAMessageIsTooLong() {
        assertThat(MESSAGES)
                .flatExtracting(message -> List.of(message.split("[.:;] ")))
                .allSatisfy(sentence -> assertThat(sentence.split(" ")).hasSizeLessThanOrEqualTo(MOST_WORDS));
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        rows().forEach(row -> CODE.matcher(cells(row).get(0)).results().forEach(code -> listed.add(code.group(1))));
        return listed;
    }

    private static List<String> cells(String row) {
        return Arrays.asList(row.substring(1, row.lastIndexOf('|')).split(" \\| ", -1));
    }

    private static List<String> rows() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (Path page : files(Repository.ROOT.resolve("docs/troubleshooting"))) {
            pages.append(Files.readString(page)).append('\n');
        }
        return ROW.matcher(pages).results().map(MatchResult::group).toList();
    }

    private static List<Path> sources() throws IOException {
        return files(Repository.ROOT).stream()
                .filter(module -> !FOR_THE_PROJECT.contains(module.getFileName().toString()))
                .map(module -> module.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}

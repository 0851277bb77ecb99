package io.github.lateststate.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import io.github.lateststate.Origin;
import io.github.lateststate.testing.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The decoder works with each documented version of Jackson, and these are the tested ones. */
@Tag("every-jackson")
class JacksonVersionTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final Pattern TESTED = Pattern.compile("(?m)^\\| jackson-databind (\\d+\\.\\d+\\.\\d+) \\|");
    private static final Origin ORIGIN = Origin.at("0", "1");

    @Test
    void everyReferenceToJacksonIsResolved() {
        List<Reference> references = Reference.ofModule(JsonDecoder.class).stream()
                .filter(reference -> reference.isFrom(JsonDecoder.class))
                .filter(reference -> reference.owner().startsWith("com/fasterxml/jackson/"))
                .toList();
        assertThat(references).anyMatch(reference -> reference.isTo(ObjectReader.class, "createParser"));
        assertThat(references).filteredOn(reference -> !reference.isThere()).isEmpty();
    }

    @Test
    void oneValueIsDecodedAndASecondOneRejected() throws IOException {
        JsonDecoder<Map<String, Integer>> decoder = JsonDecoder.of(new TypeReference<Map<String, Integer>>() {});
        assertThat(decoder.decode("{\"a\":1}".getBytes(UTF_8), ORIGIN)).isEqualTo(Map.of("a", 1));
        assertThat(decoder.decode("null".getBytes(UTF_8), ORIGIN)).isNull();
        assertThatThrownBy(() -> decoder.decode("{} {}".getBytes(UTF_8), ORIGIN))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void thePageNamesThisVersionAndOnlyTestedOnes() throws IOException {
        assertThat(TESTED.matcher(Files.readString(PAGE)).results().map((MatchResult row) -> row.group(1)))
                .contains(PackageVersion.VERSION.toString())
                .containsExactlyInAnyOrder(System.getProperty("jackson.tested").split(" ", -1));
    }
}

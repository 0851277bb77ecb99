package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that is too long has a second reason to exist. */
class FileLengthTest {

    private static final int MOST_LINES = 250;

    @Test
    void noJavaFileIsTooLong() throws IOException {
        Map<String, Long> tooLong = new TreeMap<>();
        for (Path file : Repository.javaFiles("src")) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count > MOST_LINES) {
                    tooLong.put(Repository.name(file), count);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }
}

package io.github.lateststate.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JarsTest {

    @Test
    void jarsOfTestsAreNotCounted() {
        Path jar = Path.of("target", "state-core-0.1.0-SNAPSHOT.jar");
        Path ofTests = Path.of("target", "state-core-0.1.0-SNAPSHOT-tests.jar");
        Path another = Path.of("target", "demo-web-0.1.0-SNAPSHOT.jar");
        String classPath = jar + File.pathSeparator + ofTests + File.pathSeparator + another;

        assertThat(Jars.ofClassPath(classPath).named(List.of("state-core")).files())
                .containsExactly(jar);
    }
}

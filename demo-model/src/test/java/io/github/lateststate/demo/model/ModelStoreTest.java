package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelStoreTest {

    @TempDir
    private Path folder;

    @Test
    void theFolderIsCreatedAndHoldsOnlyTheArtifact() throws Exception {
        Path stored = new ModelStore(folder.resolve("new")).put("7", new byte[] {1, 2});

        assertThat(folder.resolve("new"))
                .isDirectoryContaining(stored::equals)
                .isDirectoryNotContaining(each -> !each.equals(stored));
        assertThat(stored).hasBinaryContent(new byte[] {1, 2});
    }

    @Test
    void aSecondArtifactOfTheSameVersionDoesNotReplaceTheFirst() throws Exception {
        ModelStore store = new ModelStore(folder);
        Path first = store.put("7", new byte[] {1});
        Path second = store.put("7", new byte[] {2});

        assertThat(first).hasBinaryContent(new byte[] {1});
        assertThat(second).hasBinaryContent(new byte[] {2});
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatIOException()
                .isThrownBy(() -> new ModelStore(file).put("7", new byte[1]))
                .withMessageContaining(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankNameOfTheStoreIsNotTheWorkingFolder(String blank) throws Exception {
        Path here =
                Files.createTempFile(Path.of(""), "not-in-the-store", ".tmp").toAbsolutePath();
        try {
            ModelStore store = ModelStore.of(Map.of("MODEL_STORE", blank));

            assertThatIOException()
                    .isThrownBy(() -> store.find(here.toUri()))
                    .withMessageStartingWith("There is no such file in the folder of the store");
        } finally {
            Files.delete(here);
        }
    }

    @Test
    void theArtifactHasTheSameNameOnAWebServer() {
        URI expected = URI.create("http://localhost:8080/models/7.tribuo");

        assertThat(ModelStore.servedAt(URI.create("http://localhost:8080/models"), Path.of("/m/7.tribuo")))
                .isEqualTo(expected);
        assertThat(ModelStore.servedAt(URI.create("http://localhost:8080/models/"), Path.of("/m/7.tribuo")))
                .isEqualTo(expected);
    }
}

package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void onAWebServerTheArtifactHasTheSameName() {
        URI expected = URI.create("http://localhost:8080/models/7.tribuo");

        assertThat(ModelStore.servedAt(URI.create("http://localhost:8080/models"), Path.of("/m/7.tribuo")))
                .isEqualTo(expected);
        assertThat(ModelStore.servedAt(URI.create("http://localhost:8080/models/"), Path.of("/m/7.tribuo")))
                .isEqualTo(expected);
    }
}

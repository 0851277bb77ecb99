package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelTest {

    private static final ModelRef REF = new ModelRef("7", URI.create("file:/7"), "0".repeat(64));

    @Test
    void aModelThatLearnedPassesItsTrialAndSaysItsVersion() {
        ServedModel model = new ServedModel(REF, Artifacts.classifier(7)::probabilities);

        model.validate();

        ServedModel.Answer answer = model.predict(Species.VIRGINICA.typical());
        assertThat(answer.version()).isEqualTo("7");
        assertThat(answer.prediction()).isEqualTo("virginica");
    }

    @Test
    void aModelThatLearnedTheWrongNamesFailsItsTrial() {
        ServedModel model = new ServedModel(REF, Artifacts.misnaming(7)::probabilities);

        assertThatIllegalStateException()
                .isThrownBy(model::validate)
                .withMessageStartingWith("The model fails its trial: for the typical setosa it says {versicolor=");
    }

    @Test
    void aDisposedModelDoesNotAnswer() {
        ServedModel model = new ServedModel(REF, Artifacts.classifier(7)::probabilities);
        model.close();

        assertThatIllegalStateException().isThrownBy(() -> model.predict(Species.SETOSA.typical()));
    }

    @Test
    void anArtifactIsLoadedOnlyIfItIsTheOneThatWasPublished(@TempDir Path folder) throws Exception {
        Artifacts artifacts = new Artifacts(folder);
        ModelLoader loader = new ModelLoader(new Fetcher(new ModelStore(folder), 1 << 20, Duration.ofMinutes(1)));

        assertThat(loader.load(artifacts.version("7", 7))
                        .predict(Species.SETOSA.typical())
                        .probabilities())
                .isEqualTo(Artifacts.classifier(7).probabilities(Species.SETOSA.typical()));
        assertThatIOException()
                .isThrownBy(() -> loader.load(artifacts.withWrongChecksum("8", 8)))
                .withMessage(
                        "Wrong checksum: the artifact of version 8 does not have the sha256 that the message names");
    }
}

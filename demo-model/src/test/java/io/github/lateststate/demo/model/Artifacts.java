package io.github.lateststate.demo.model;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Makes versions in a folder. */
final class Artifacts {

    private static final int SPECIMENS = 60;

    private final ModelStore store;

    Artifacts(Path folder) {
        this.store = new ModelStore(folder);
    }

    static Classifier classifier(long seed) {
        return Classifier.train(Specimen.collect(SPECIMENS, seed), seed);
    }

    /** A model that has learned each flower with the name of another species. */
    static Classifier misnaming(long seed) {
        return Classifier.train(
                Specimen.collect(SPECIMENS, seed).stream()
                        .map(specimen -> new Specimen(
                                specimen.flower(),
                                switch (specimen.species()) {
                                    case SETOSA -> Species.VERSICOLOR;
                                    case VERSICOLOR -> Species.VIRGINICA;
                                    case VIRGINICA -> Species.SETOSA;
                                }))
                        .toList(),
                seed);
    }

    /** A good model. */
    ModelRef version(String version, long seed) {
        return version(version, classifier(seed).bytes());
    }

    /** Any bytes, with the right checksum. */
    ModelRef version(String version, byte[] artifact) {
        try {
            URI uri = store.put(version, artifact).toUri();
            return new ModelRef(version, uri, Checksum.sha256(artifact));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The message has another checksum than the bytes. */
    ModelRef withWrongChecksum(String version, long seed) {
        return new ModelRef(version, version(version, seed).uri(), "0".repeat(64));
    }
}

package io.github.lateststate.demo.model;

import io.github.lateststate.resource.Loader;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the model that a message names. Nothing parses the bytes before their checksum is verified. */
final class ModelLoader implements Loader<ModelRef, ServedModel> {

    private static final Logger logger = LoggerFactory.getLogger(ModelLoader.class);

    private final Fetcher fetcher;

    ModelLoader(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * Blocks until the model is in memory.
     *
     * @throws IOException if it cannot be fetched, has another checksum than the message says, or is not a model
     */
    @Override
    public ServedModel load(ModelRef ref) throws IOException, InterruptedException {
        byte[] artifact = fetcher.fetch(ref.uri());
        if (!Checksum.sha256(artifact).equals(ref.sha256())) {
            // Not the actual checksum: it would reveal the content of a file that someone named.
            throw new IOException("Wrong checksum: the artifact of version " + ref.version()
                    + " does not have the sha256 that the message names");
        }
        ServedModel model = new ServedModel(ref, Classifier.of(artifact)::probabilities);
        logger.info("Loaded version {}, {} bytes", ref.version(), artifact.length);
        return model;
    }
}

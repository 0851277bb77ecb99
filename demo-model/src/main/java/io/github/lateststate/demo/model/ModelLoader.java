package io.github.lateststate.demo.model;

import io.github.lateststate.resource.Loader;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches what a message names. Nothing looks into the bytes before they are known to be the ones that were published. */
final class ModelLoader implements Loader<ModelRef, ServedModel> {

    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    private final Fetcher fetcher;

    ModelLoader(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * Blocks until the model is in memory.
     *
     * @throws IOException if it cannot be fetched, is not what the message says, or is no model
     */
    @Override
    public ServedModel load(ModelRef ref) throws IOException, InterruptedException {
        byte[] artifact = fetcher.fetch(ref.uri());
        if (!Checksum.sha256(artifact).equals(ref.sha256())) {
            // without the checksum that it has: whoever names a file would learn what is in it
            throw new IOException("Wrong checksum: the artifact of version " + ref.version()
                    + " does not have the sha256 that the message says");
        }
        ServedModel model = new ServedModel(ref, Classifier.of(artifact)::probabilities);
        LOG.info("Loaded version {}, {} bytes", ref.version(), artifact.length);
        return model;
    }
}

package io.github.lateststate.embedded;

import java.nio.file.Path;

/** A broker gave up while it started; the cause or the message says why. None of its threads or processes is left. */
public final class BrokerNotStartedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A string, because a path cannot be serialized. */
    private final String directory;

    BrokerNotStartedException(Path directory, String why) {
        super(message(directory, why));
        this.directory = directory.toString();
    }

    BrokerNotStartedException(Path directory, Throwable cause) {
        super(message(directory, cause.toString()), cause);
        this.directory = directory.toString();
    }

    /**
     * Returns the directory for the broker's data. A temporary one is already deleted if this was the first start.
     *
     * @return a path
     */
    public Path directory() {
        return Path.of(directory);
    }

    private static String message(Path directory, String why) {
        return "The Kafka broker in " + directory + " did not start: " + why;
    }
}

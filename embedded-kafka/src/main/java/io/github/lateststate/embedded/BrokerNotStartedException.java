package io.github.lateststate.embedded;

import java.nio.file.Path;

/** A broker gave up while it started; the cause or the message says why. Nothing of it is left running. */
public final class BrokerNotStartedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerNotStartedException(Path directory, String why) {
        super(message(directory, why));
    }

    BrokerNotStartedException(Path directory, Throwable cause) {
        super(message(directory, cause.toString()), cause);
    }

    private static String message(Path directory, String why) {
        return "The Kafka broker in " + directory + " did not start: " + why;
    }
}

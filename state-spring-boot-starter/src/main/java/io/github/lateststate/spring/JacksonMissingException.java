package io.github.lateststate.spring;

/** A state's records are JSON, and there is nothing that decodes it. */
final class JacksonMissingException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    JacksonMissingException() {
        super("Jackson is not on the class path");
    }
}

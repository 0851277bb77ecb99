package io.github.lateststate.spring;

import java.util.List;

/** No subscriber is configured, and there is not exactly one on the class path. */
final class ChooseSubscriberException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> candidates;

    ChooseSubscriberException(List<String> candidates) {
        super(
                candidates.isEmpty()
                        ? "there is no subscriber on the class path"
                        : "there is more than one subscriber on the class path: " + String.join(", ", candidates));
        this.candidates = candidates;
    }

    /** The names of the subscribers that are there. */
    List<String> candidates() {
        return candidates;
    }
}

package io.github.lateststate.spring;

/** A state that is configured could not be opened. The cause says why. */
final class StateNotOpenedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String state;

    StateNotOpenedException(String state, Throwable cause) {
        super("The latest state '" + state + "' cannot be opened: " + cause.getMessage(), cause);
        this.state = state;
    }

    /** The property that begins its configuration. */
    String property() {
        return "latest-state.states." + state;
    }
}

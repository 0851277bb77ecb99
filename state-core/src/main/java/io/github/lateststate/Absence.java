package io.github.lateststate;

import io.github.lateststate.NotReadyException.Reason;
import java.time.Duration;
import java.util.Optional;

/** Says why there is no state, or not yet. */
final class Absence {

    private final String stream;

    Absence(String stream) {
        this.stream = stream;
    }

    /** For a caller that asks for the value. */
    NoStateException noState(Optional<Origin> tombstone, Status status) {
        return new NoStateException(
                tombstone.isPresent()
                        ? "The latest record of '" + stream + "' is a tombstone, at " + tombstone.get() + "."
                        : whyThereIsNone(status));
    }

    /** For a caller that waited. */
    NotReadyException notReadyAfter(Duration timeout, Reason reason, Status status) {
        return switch (reason) {
            case TIMEOUT -> notReady(reason, "The state of '" + stream + "' is not ready after " + timeout, status);
            case INTERRUPTED -> notReady(reason, "Interrupted while waiting for the state of '" + stream + "'", status);
            case FAILED, CLOSED -> notReady(reason, status);
        };
    }

    /** For a caller of {@code ready()}: the state will never be ready. */
    NotReadyException notReady(Reason reason, Status status) {
        return notReady(reason, "The state of '" + stream + "' will not become ready", status);
    }

    private static NotReadyException notReady(Reason reason, String what, Status status) {
        Throwable error = status.lastError().orElse(null);
        String message = what + ": " + status.phase() + " since " + status.since() + ", " + status.progress()
                + (error == null ? "." : ". Last error: " + PlainText.of(error) + ".");
        return new NotReadyException(reason, message, error);
    }

    private String whyThereIsNone(Status status) {
        String state = "The phase is " + status.phase() + " since " + status.since() + ", " + status.progress() + "."
                + status.lastError()
                        .map(error -> " Last error: " + PlainText.of(error) + ".")
                        .orElse("");
        if (status.lookBack().isEmpty() && (status.phase() == Phase.FAILED || status.phase() == Phase.CLOSED)) {
            return "The state of '" + stream + "' is not known: the look-back did not end. " + state;
        }
        if (!status.ready() && status.phase() != Phase.FAILED) {
            return "The state of '" + stream + "' is not known yet: wait with awaitReady, or give an initial value. "
                    + state;
        }
        return "The stream '" + stream + "' holds no record that can be decoded"
                + (status.passedOver() == 0
                        ? ""
                        : " among the records for this state (" + status.passedOver() + " passed over)")
                + status.lastRejection()
                        .map(rejection -> "; the last rejection: " + rejection)
                        .orElse("")
                + ". " + state;
    }
}

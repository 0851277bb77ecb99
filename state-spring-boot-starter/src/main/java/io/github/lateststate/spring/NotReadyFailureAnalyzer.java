package io.github.lateststate.spring;

import io.github.lateststate.NotReadyException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what the start of the context waited for. */
final class NotReadyFailureAnalyzer extends AbstractFailureAnalyzer<NotReadyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NotReadyException failure) {
        String action = switch (failure.reason()) {
            case TIMEOUT ->
                "Check that the broker can be reached and that the stream exists. If the look-back takes longer,"
                        + " raise await-ready of the state; without it the application starts at once.";
            case FAILED -> "Fix what the last error says: no retry can help.";
            case INTERRUPTED, CLOSED -> "The application was stopped while it started. Start it again.";
        };
        return new FailureAnalysis(failure.getMessage(), action, failure);
    }
}

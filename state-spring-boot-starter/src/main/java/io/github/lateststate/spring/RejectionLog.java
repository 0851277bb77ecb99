package io.github.lateststate.spring;

import io.github.lateststate.Status;
import io.github.lateststate.StatusListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the first record that is rejected after a good one. Those that follow it are counted and not logged. Called by one thread at a time. */
final class RejectionLog implements StatusListener {

    private static final Logger logger = LoggerFactory.getLogger(LatestStates.class);

    private final String state;
    private final String stream;
    private long accepted;
    private long rejected;
    private boolean logged;

    RejectionLog(String state, String stream) {
        this.state = state;
        this.stream = stream;
    }

    @Override
    public void onStatus(Status status) {
        if (status.accepted() > accepted) {
            logged = false;
        }
        if (status.rejected() > rejected && !logged) {
            logged = true;
            logger.warn(
                    "The latest state '{}' keeps its last good value, because a record of '{}' was rejected:"
                            + " {}. Later rejections are only counted until a record is accepted.",
                    state,
                    stream,
                    status.lastRejection().map(Object::toString).orElse(""));
        }
        accepted = status.accepted();
        rejected = status.rejected();
    }
}

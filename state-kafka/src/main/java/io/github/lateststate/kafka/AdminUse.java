package io.github.lateststate.kafka;

import org.jspecify.annotations.Nullable;

/**
 * A subscription's use of the shared admin client, from the first question to the beginning of following. Then the
 * follower has a use of its own: if its client gets no answer, no other use may keep it open. For the loop of the
 * subscription.
 */
final class AdminUse {

    private @Nullable SharedAdmin admin;
    private boolean open;

    /** The client to use now. Begins the use, unless it has begun. */
    SharedAdmin begin(KafkaSettings settings) {
        SharedAdmin using = open && admin != null ? admin : SharedAdmin.of(settings);
        admin = using;
        open = true;
        return using;
    }

    /** Notes that the client that was used last may no longer be good. */
    void distrust() {
        if (admin != null) {
            admin.distrust();
        }
    }

    /** Ends the use, unless it has ended. */
    void end() {
        if (open && admin != null) {
            open = false;
            admin.close();
        }
    }
}

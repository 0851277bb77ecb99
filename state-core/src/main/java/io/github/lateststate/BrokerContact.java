package io.github.lateststate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the broker was last asked, by both clocks. Guarded by the tracker that uses it. */
final class BrokerContact {

    /** Clocks that are adjusted gradually drift by less. */
    private static final Duration WALL_CLOCK_TOLERANCE = Duration.ofSeconds(1);

    private final TimeSource time;

    /** Before the first contact, when the state was opened. */
    private long askedAt;

    private @Nullable Instant last;

    BrokerContact(TimeSource time) {
        this.time = time;
        this.askedAt = time.nanoTime();
    }

    /** Notes an answer. An answer to an earlier question never makes the contact older. */
    void answered(Duration age) {
        long asked = time.nanoTime() - age.toNanos();
        if (last == null || asked - askedAt > 0) {
            askedAt = asked;
            last = time.instant().minus(age);
        }
    }

    /** Before the first contact, the silence begins again. */
    void restartIfNone() {
        if (last == null) {
            askedAt = time.nanoTime();
        }
    }

    long silentNanos() {
        return time.nanoTime() - askedAt;
    }

    /**
     * The last contact; null if there was none. If someone sets the wall clock, a contact of some seconds ago must not
     * appear an hour old, or in the future.
     */
    @Nullable
    Instant last() {
        if (last != null) {
            Instant contact = time.instant().minusNanos(silentNanos());
            if (Duration.between(last, contact).abs().compareTo(WALL_CLOCK_TOLERANCE) > 0) {
                last = contact;
            }
        }
        return last;
    }
}

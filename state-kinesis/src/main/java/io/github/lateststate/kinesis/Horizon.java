package io.github.lateststate.kinesis;

import io.github.lateststate.PlainText;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the look-back ends: no record is older. If a server does not let reading begin at a time, it is read from the
 * first record.
 */
final class Horizon {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private final KinesisSettings settings;
    private Instant oldest = Instant.EPOCH;
    private boolean timesAreRefused;

    Horizon(KinesisSettings settings) {
        this.settings = settings;
    }

    /** Sets when the oldest record can have arrived. */
    void isAt(Instant time) {
        oldest = time;
    }

    /** The plan for a look-back that begins now. */
    WindowPlan plan(Instant now) {
        return new WindowPlan(now, timesAreRefused ? Instant.MAX : oldest);
    }

    /** Notes that the server refuses to begin at a time. The first time is logged. */
    void timesRefused(Throwable cause) {
        if (!timesAreRefused) {
            timesAreRefused = true;
            logger.warn(
                    "The {} cannot be read from a point in time. The look-back starts at the first record"
                            + " instead, which takes longer. For an emulator that knows only JSON, start Java"
                            + " with -Daws.cborEnabled=false: {}",
                    settings.describe(),
                    PlainText.of(cause));
        }
    }
}

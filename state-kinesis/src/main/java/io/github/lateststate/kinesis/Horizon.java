package io.github.lateststate.kinesis;

import io.github.lateststate.PlainText;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where looking back ends: no record is older. A server that does not let reading begin at a time is read from the first record. */
final class Horizon {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private final KinesisSettings settings;
    private Instant oldest = Instant.EPOCH;
    private boolean timesAreRefused;

    Horizon(KinesisSettings settings) {
        this.settings = settings;
    }

    /** Says when the oldest record can have come. */
    void isAt(Instant time) {
        oldest = time;
    }

    /** The plan for a look-back that begins now. */
    Windows windows(Instant now) {
        return new Windows(now, timesAreRefused ? Instant.MAX : oldest);
    }

    /** Says that the server refuses to begin at a time; the first time it is logged. */
    void timesRefused(Throwable cause) {
        if (!timesAreRefused) {
            timesAreRefused = true;
            logger.warn(
                    "The {} does not let reading begin at a time. Looking back reads from the first record instead,"
                            + " which takes longer. If it is an emulator that knows JSON only, start Java with"
                            + " -Daws.cborEnabled=false: {}",
                    settings.describe(),
                    PlainText.of(cause));
        }
    }
}

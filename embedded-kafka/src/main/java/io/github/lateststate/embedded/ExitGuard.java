package io.github.lateststate.embedded;

import org.apache.kafka.common.utils.internals.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps Kafka from ending a JVM that is not its own. */
final class ExitGuard {

    private static final Logger logger = LoggerFactory.getLogger(ExitGuard.class);

    private ExitGuard() {}

    /** It stays for as long as the JVM runs: a broker's last threads may still ask for an exit after the broker was stopped. */
    static void install() {
        Exit.setExitProcedure(ExitGuard::refuse);
        Exit.setHaltProcedure(ExitGuard::refuse);
    }

    private static void refuse(int status, String message) {
        logger.error(
                "Kafka wanted to end this JVM (status {}, {}). The exit was blocked. Restart the embedded broker if it"
                        + " misbehaves.",
                status,
                message == null ? "no reason given" : message,
                new IllegalStateException("the place that asked for the exit"));
    }
}

package io.github.lateststate.demo.server;

import io.github.lateststate.LatestStateBuilder;
import java.util.Map;

/** Whether the environment names a stream. */
final class NamedStream {

    private static final String KAFKA = "KAFKA_TOPIC";
    private static final String KINESIS = "KINESIS_STREAM";

    private NamedStream() {}

    /** Fails where the default run would come as a surprise. An empty variable is as good as none. */
    static boolean isIn(Map<String, String> env) {
        if (isSet(KAFKA, env) && isSet(KINESIS, env)) {
            throw new CannotStartException(
                    "Both " + KAFKA + " and " + KINESIS + " are set: choose one, and unset the other.");
        }
        if (LatestStateBuilder.isNamedIn(env)) {
            return true;
        }
        if (isSet(KINESIS, env)) {
            throw new CannotStartException(
                    KINESIS + " is set, but this build cannot follow Kinesis: unset it, and set " + KAFKA + ".");
        }
        return false;
    }

    private static boolean isSet(String variable, Map<String, String> env) {
        return !env.getOrDefault(variable, "").isBlank();
    }
}

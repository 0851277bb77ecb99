package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** How a scripted server misbehaves. */
sealed interface Fault {

    /** Answers with an error. */
    record Answer(KinesisError error) implements Fault {}

    /** Resets the connection. */
    record Reset() implements Fault {}

    /** Never answers. */
    record Hang() implements Fault {}

    /** Answers correctly, but changes the answer. */
    record Changed(Consumer<ObjectNode> change) implements Fault {}

    /** Answers correctly, but with an empty body. */
    record NoBody() implements Fault {}

    /** Answers in JSON, whatever the format of the request: correctly, or with an error if the status is not 200. */
    record InJson(int status) implements Fault {}

    /** Answers correctly, over a slow line: the answer comes in this many parts, one a second. */
    record Slow(int parts) implements Fault {}

    /** Answers correctly. */
    record Pass() implements Fault {}

    /** Fan-out only: accepts the subscription, sends one event, and then resets the connection. */
    record ResetAfterEvent() implements Fault {}

    /** Fan-out only: accepts the subscription, sends one event, and then nothing more. */
    record Silence() implements Fault {}

    /** Fan-out only: accepts the subscription, sends one event, and then an error. */
    record ErrorAfterEvent(KinesisError error) implements Fault {}

    static Fault error(String type) {
        return new Answer(KinesisError.of(type, "scripted " + type));
    }

    /** Answers correctly, but leaves fields out of the answer. */
    static Fault without(String... fields) {
        return new Changed(answer -> answer.remove(List.of(fields)));
    }

    static Fault internal() {
        return new Answer(KinesisError.internal());
    }
}

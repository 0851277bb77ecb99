package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** What a scripted server does instead of what it should. */
sealed interface Fault {

    /** Answers with an error. */
    record Answer(KinesisError error) implements Fault {}

    /** Resets the connection. */
    record Reset() implements Fault {}

    /** Never answers. */
    record Hang() implements Fault {}

    /** Does as it should, and changes the answer. */
    record Changed(Consumer<ObjectNode> change) implements Fault {}

    /** Does as it should, and answers with an empty body. */
    record NoBody() implements Fault {}

    /** Answers in JSON, whatever it was asked in: as it should, or, if the status is not 200, with an error. */
    record InJson(int status) implements Fault {}

    /** Does as it should, over a slow line: the answer comes in so many parts, one a second. */
    record Slow(int parts) implements Fault {}

    /** Does as it should. */
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

    /** Does as it should, and leaves fields out of the answer. */
    static Fault without(String... fields) {
        return new Changed(answer -> answer.remove(List.of(fields)));
    }

    static Fault internal() {
        return new Answer(KinesisError.internal());
    }
}

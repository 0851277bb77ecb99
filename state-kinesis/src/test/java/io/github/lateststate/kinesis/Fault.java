package io.github.lateststate.kinesis;

/** What a scripted server does instead of what it should. */
sealed interface Fault {

    /** Answers with an error. */
    record Answer(KinesisError error) implements Fault {}

    /** Resets the connection. */
    record Reset() implements Fault {}

    /** Never answers. */
    record Hang() implements Fault {}

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

    static Fault internal() {
        return new Answer(KinesisError.internal());
    }
}

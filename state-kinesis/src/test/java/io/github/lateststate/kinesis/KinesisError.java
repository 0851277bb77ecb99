package io.github.lateststate.kinesis;

/** An error as Kinesis names it. */
final class KinesisError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final int status;

    private KinesisError(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    static KinesisError of(String type, String message) {
        return new KinesisError(400, type, message);
    }

    static KinesisError internal() {
        return new KinesisError(500, "InternalFailure", "the server has a bad day");
    }

    String type() {
        return type;
    }

    int status() {
        return status;
    }
}

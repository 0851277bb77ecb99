package io.github.lateststate.kinesis;

/** The calls of a {@link SimulatedKinesis}, which counts them and can make them fail. */
enum SimulatedCall {
    DESCRIBE(20),
    LIST(1_000),
    ITERATOR(5),
    RECORDS(5);

    final int perSecond;

    SimulatedCall(int perSecond) {
        this.perSecond = perSecond;
    }
}

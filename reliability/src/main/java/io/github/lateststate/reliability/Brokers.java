package io.github.lateststate.reliability;

import java.util.List;

/** The brokers of a stage. */
interface Brokers extends AutoCloseable {

    /** Where the writers connect to. They bypass the network that fails. */
    String writersAddress();

    /** Where the states connect to. */
    String statesAddress();

    short replicas();

    List<Fault> faults();

    /** How many connections of the states are open, as far as they can be counted. */
    int connections();

    @Override
    void close();
}

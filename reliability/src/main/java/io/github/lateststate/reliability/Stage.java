package io.github.lateststate.reliability;

import io.github.lateststate.LatestStateBuilder;
import java.util.List;
import java.util.Set;

/** A broker or a cluster with its streams and its faults. */
interface Stage extends AutoCloseable {

    List<WrittenStream> streams();

    /** Points a state at the stream, through the network that fails. */
    LatestStateBuilder<Shown> follow(LatestStateBuilder<Shown> builder, boolean sharedClients);

    List<Fault> faults();

    /** Names what closed states have left at the broker or in the network. */
    List<String> leftovers(Set<String> groups) throws Exception;

    @Override
    void close();
}

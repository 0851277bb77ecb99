package io.github.lateststate.kinesis;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a {@link Lineage} knows of one shard. */
final class ShardNode {

    final Set<String> parents = new LinkedHashSet<>();
    final Set<String> children = new LinkedHashSet<>();
    boolean begun;
    boolean ended;
    boolean lookedBack;
    boolean empty;
    boolean head;

    /** A descendant has or had a head. This then holds for all ancestors, too. */
    boolean superseded;
}

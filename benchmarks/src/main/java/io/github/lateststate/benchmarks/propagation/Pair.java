package io.github.lateststate.benchmarks.propagation;

import java.util.List;
import java.util.stream.Stream;

/**
 * The messages of two rounds, one after the other.
 *
 * @param oursFirst of the round in which our fetch was the first to wait at the broker
 * @param loopFirst of the round in which the plain loop's fetch was
 */
record Pair(List<Message> oursFirst, List<Message> loopFirst) {

    List<Message> both() {
        return Stream.of(oursFirst, loopFirst).flatMap(List::stream).toList();
    }
}

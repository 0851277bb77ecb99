package io.github.lateststate.reliability;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Chooses faults in an order that the seed decides: each once before any repeats, and often another one together with it.
 */
final class FaultOrder {

    private final List<Fault> faults;
    private final List<Fault> ofDecoders;
    private final Random random;
    private final List<Fault> left = new ArrayList<>();

    /** Faults of decoders come only together with others: there are many, and they would crowd the others out. */
    FaultOrder(List<Fault> faults, List<Fault> ofDecoders, Random random) {
        this.faults = List.copyOf(faults);
        this.ofDecoders = List.copyOf(ofDecoders);
        this.random = random;
    }

    /** The faults of the next round, which do not exclude each other. */
    List<Fault> next() {
        if (left.isEmpty()) {
            left.addAll(faults);
            Collections.shuffle(left, random);
        }
        Fault first = left.remove(left.size() - 1);
        List<Fault> others = random.nextBoolean() ? ofDecoders : faults;
        List<Fault> besides = others.stream()
                .filter(fault -> !fault.kind().excludes(first.kind()))
                .toList();
        return besides.isEmpty() || random.nextInt(3) == 0
                ? List.of(first)
                : List.of(first, besides.get(random.nextInt(besides.size())));
    }
}

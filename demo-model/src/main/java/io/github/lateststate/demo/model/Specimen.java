package io.github.lateststate.demo.model;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A flower whose species is known. */
record Specimen(Flower flower, Species species) {

    /** Generates the same number of each species, give or take one. The same seed makes the same specimens. */
    static List<Specimen> collect(int count, long seed) {
        Random random = new Random(seed);
        Species[] all = Species.values();
        return IntStream.range(0, count)
                .mapToObj(i -> all[i % all.length])
                .map(species -> new Specimen(species.random(random), species))
                .toList();
    }
}

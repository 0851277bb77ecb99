package io.github.lateststate.demo.model;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A flower of which somebody knows the species. */
record Specimen(Flower flower, Species species) {

    /** As many of each species, give or take one; the same ones for the same seed. */
    static List<Specimen> collect(int count, long seed) {
        Random random = new Random(seed);
        Species[] all = Species.values();
        return IntStream.range(0, count)
                .mapToObj(i -> all[i % all.length])
                .map(species -> new Specimen(species.random(random), species))
                .toList();
    }
}

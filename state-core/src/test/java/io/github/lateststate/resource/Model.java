package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

/** A resource that knows whether it may be used. */
final class Model {

    private final String name;
    private final AtomicInteger disposals = new AtomicInteger();

    Model(String name) {
        this.name = name;
    }

    String use() {
        assertThat(disposals).as("use of %s after its disposal", name).hasValue(0);
        return name;
    }

    void dispose() {
        assertThat(disposals.incrementAndGet()).as("disposals of %s", name).isEqualTo(1);
    }

    int disposals() {
        return disposals.get();
    }

    @Override
    public String toString() {
        return name;
    }
}

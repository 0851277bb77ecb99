package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The real slot and the real count, in every possible order of readers, loader and closer. */
class LeaseInterleavingsTest {

    private static final Current<String> ANY = someState();

    @Test
    void everyOrderOfTwoReadersAndASwapIsSound() {
        assertSoundInEveryOrder(world -> List.of(world::readOnce, world::readOnce, world.putting("b")));
    }

    @Test
    void everyOrderOfAReaderAndTwoSwapsIsSound() {
        assertSoundInEveryOrder(world -> List.of(world::readOnce, world.putting("b", "c")));
    }

    @Test
    void everyOrderOfAReaderASwapAndCloseIsSound() {
        assertSoundInEveryOrder(world -> List.of(world::readOnce, world.putting("b"), world::closeIt));
    }

    @Test
    void everyOrderOfTwoReadersAndCloseIsSound() {
        assertSoundInEveryOrder(world -> List.of(world::readOnce, world::readOnce, world::closeIt));
    }

    @Test
    void everyOrderOfASwapAndTwoClosingsIsSound() {
        assertSoundInEveryOrder(world -> List.of(world.putting("b"), world::closeIt, world::closeIt));
    }

    @Test
    void everyOrderOfAReaderTwoSwapsAndCloseIsSound() {
        assertSoundInEveryOrder(world -> List.of(world::readOnce, world.putting("b", "c"), world::closeIt));
    }

    private static void assertSoundInEveryOrder(Function<World, List<Runnable>> threads) {
        int situations = Interleavings.explore(steps -> new World(steps, threads));
        assertThat(situations).isGreaterThan(50);
    }

    /** A slot that serves "a", and the fate of all resources that were created. */
    private static final class World extends Slot<String, String> implements Interleavings.Scenario {

        private final Interleavings.Steps steps;
        private final Function<World, List<Runnable>> threads;
        private final Map<String, Held<String, String>> made = new TreeMap<>();
        private final Map<String, SteppedCount> counts = new TreeMap<>();
        private final List<String> disposed = new ArrayList<>();
        private String newest = "";

        World(Interleavings.Steps steps, Function<World, List<Runnable>> threads) {
            this.steps = steps;
            this.threads = threads;
            putting("a").run();
        }

        @Override
        public List<Runnable> threads() {
            return threads.apply(this);
        }

        @Override
        public String shared() {
            return nameOf(serving()) + super.isClosed() + counts + new TreeSet<>(disposed);
        }

        void readOnce() {
            Held<String, String> held = lease();
            if (held != null) {
                use(held);
                held.endLease();
            } else {
                assertThat(super.isClosed()).as("none only when closed").isTrue();
            }
        }

        Runnable putting(String... names) {
            List<Held<String, String>> all = Stream.of(names).map(this::make).toList();
            return () -> all.forEach(next -> {
                if (put(next)) {
                    newest = next.resource();
                }
            });
        }

        void closeIt() {
            close();
            assertThat(serving()).isNull();
        }

        private Held<String, String> make(String name) {
            SteppedCount count = new SteppedCount(steps);
            Held<String, String> held = new Held<>(name, ANY, Instant.EPOCH, count, this::dispose);
            counts.put(name, count);
            made.put(name, held);
            return held;
        }

        private void use(Held<String, String> held) {
            boolean late = steps.take(() -> disposed.contains(held.resource()));
            assertThat(late).as("used after disposal").isFalse();
        }

        private void dispose(Held<String, String> held) {
            steps.take(() -> disposed.add(held.resource()));
        }

        @Override
        public void check() {
            if (!super.isClosed()) {
                Held<String, String> served = Objects.requireNonNull(lease());
                assertThat(served.resource()).isEqualTo(newest);
                close();
                use(served);
                served.endLease();
            }
            assertThat(disposed).as("each once").containsExactlyInAnyOrderElementsOf(made.keySet());
        }

        @Override
        @Nullable
        Held<String, String> read() {
            return made.get(steps.take(() -> nameOf(super.read())));
        }

        @Override
        boolean isClosed() {
            return steps.take(super::isClosed);
        }

        @Override
        boolean replace(@Nullable Held<String, String> expected, @Nullable Held<String, String> next, boolean closing) {
            return steps.take(() -> super.replace(expected, next, closing));
        }

        private static String nameOf(@Nullable Held<String, String> held) {
            return held == null ? "none" : held.resource();
        }
    }

    private static final class SteppedCount extends LeaseCount {

        private final Interleavings.Steps steps;

        SteppedCount(Interleavings.Steps steps) {
            this.steps = steps;
        }

        @Override
        long read() {
            return steps.take(super::read);
        }

        @Override
        boolean replace(long expected, long next) {
            return steps.take(() -> super.replace(expected, next));
        }

        @Override
        long subtract(long amount) {
            return steps.take(() -> super.subtract(amount));
        }

        @Override
        public String toString() {
            return Long.toString(super.read());
        }
    }

    private static Current<String> someState() {
        try (LatestState<String> state =
                LatestState.builder((payload, origin) -> "").subscriber(new InMemorySubscriber()).stream("any")
                        .open()) {
            return state.current();
        }
    }
}

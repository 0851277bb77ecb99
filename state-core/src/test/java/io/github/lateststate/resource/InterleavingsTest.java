package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InterleavingsTest {

    @Test
    void everyOrderRunsOnce() {
        List<String> orders = new ArrayList<>();
        Interleavings.explore(steps -> new Interleavings.Scenario() {

            private final StringBuilder order = new StringBuilder();

            @Override
            public List<Runnable> threads() {
                return List.of(() -> note("a", "b"), () -> note("1", "2"));
            }

            @Override
            public String shared() {
                return order.toString();
            }

            @Override
            public void check() {
                orders.add(shared());
            }

            private void note(String first, String second) {
                steps.take(() -> order.append(first).length());
                steps.take(() -> order.append(second).length());
            }
        });
        assertThat(orders).containsExactlyInAnyOrder("ab12", "a1b2", "a12b", "1ab2", "1a2b", "12ab");
    }

    @Test
    void aLostUpdateIsFound() {
        AtomicInteger sound = new AtomicInteger();
        assertThatThrownBy(() -> Interleavings.explore(steps -> new Interleavings.Scenario() {

                    private final AtomicInteger counter = new AtomicInteger();

                    @Override
                    public List<Runnable> threads() {
                        return List.of(this::countUp, this::countUp);
                    }

                    @Override
                    public String shared() {
                        return counter.toString();
                    }

                    @Override
                    public void check() {
                        assertThat(counter).hasValue(2);
                        sound.incrementAndGet();
                    }

                    private void countUp() {
                        int before = steps.take(counter::get);
                        steps.take(() -> counter.getAndSet(before + 1));
                    }
                }))
                .hasMessageContaining("in the order [0, 1, ");
        assertThat(sound).as("orders in which it went well").hasValue(1);
    }

    @Test
    void aThreadThatWaitsForAnotherIsFound() {
        assertThatThrownBy(() -> Interleavings.explore(steps -> new Interleavings.Scenario() {

                    private final AtomicInteger turn = new AtomicInteger();

                    @Override
                    public List<Runnable> threads() {
                        return List.of(this::waitForTurn, () -> steps.take(() -> turn.getAndSet(1)));
                    }

                    @Override
                    public String shared() {
                        return turn.toString();
                    }

                    @Override
                    public void check() {}

                    private void waitForTurn() {
                        while (steps.take(turn::get) == 0) {
                            Thread.onSpinWait();
                        }
                    }
                }))
                .hasRootCauseMessage("it does not end: a thread waits for another");
    }
}

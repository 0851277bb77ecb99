package io.github.lateststate.resource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a few threads through every order of their steps, depth first. Each order starts again from the beginning. It is
 * left when it reaches a situation that an earlier order has been in: what follows is known.
 *
 * <p>It needs no real threads. To let a thread take its next step, its code is run from the beginning: earlier steps
 * return what they returned before, and the code is left at the step after. So every access to what the threads share
 * must be a step, and a thread must not wait.
 */
final class Interleavings {

    /** More steps than any scenario has whose threads end by themselves. */
    private static final int MOST_STEPS = 60;

    /** Takes a step: one access to what the threads share. */
    interface Steps {
        <V> V take(Supplier<V> access);
    }

    /** One run. It creates what the threads share. */
    interface Scenario {

        List<Runnable> threads();

        /**
         * What the threads share, as text that is the same in another run. The results of steps must be the same, too.
         */
        String shared();

        /** Called at the end. */
        void check();
    }

    private final List<Integer> choices = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();
    private final Set<String> situations = new HashSet<>();
    private @Nullable Replay running;

    private Interleavings() {}

    /** Runs all orders, and returns how many situations there are. */
    static int explore(Function<Steps, Scenario> scenario) {
        Interleavings interleavings = new Interleavings();
        do {
            interleavings.run(scenario.apply(interleavings::take));
        } while (interleavings.chooseNext());
        return interleavings.situations.size();
    }

    private void run(Scenario scenario) {
        try {
            List<Replay> threads = scenario.threads().stream().map(Replay::new).toList();
            for (int turn = 0; ; turn++) {
                List<Replay> running =
                        threads.stream().filter(each -> !each.ended).toList();
                if (running.isEmpty()) {
                    scenario.check();
                    return;
                }
                if (turn == choices.size()) {
                    choices.add(0);
                    options.add(running.size());
                }
                advance(running.get(choices.get(turn)));
                boolean choiceIsNew = turn == choices.size() - 1;
                if (choiceIsNew && !situations.add(threads + scenario.shared())) {
                    return;
                }
                if (turn == MOST_STEPS) {
                    throw new AssertionError("it does not end: a thread waits for another");
                }
            }
        } catch (Throwable e) {
            throw new AssertionError("in the order " + choices, e);
        }
    }

    private void advance(Replay thread) {
        running = thread;
        try {
            thread.advance();
        } finally {
            running = null;
        }
    }

    /** While a scenario is created or checked, there are no turns. */
    private <V> V take(Supplier<V> access) {
        return running == null ? access.get() : running.take(access);
    }

    /** Takes the next choice at the last turn that has one left. */
    private boolean chooseNext() {
        for (int turn = choices.size() - 1; turn >= 0; turn--) {
            int next = choices.get(turn) + 1;
            if (next < options.get(turn)) {
                choices.set(turn, next);
                return true;
            }
            choices.remove(turn);
            options.remove(turn);
        }
        return false;
    }

    /** One thread and the results of its steps. */
    private static final class Replay {

        private final Runnable body;
        private final List<Object> said = new ArrayList<>();
        private int step;
        private boolean advanced;
        private boolean ended;

        Replay(Runnable body) {
            this.body = body;
        }

        void advance() {
            step = 0;
            advanced = false;
            try {
                body.run();
                ended = true;
            } catch (TurnOver e) {
                // It is another thread's turn.
            }
        }

        @SuppressWarnings("unchecked") // each step returns what it returned before
        <V> V take(Supplier<V> access) {
            if (step == said.size()) {
                if (advanced) {
                    throw new TurnOver();
                }
                advanced = true;
                said.add(access.get());
            }
            return (V) said.get(step++);
        }

        @Override
        public String toString() {
            return said.toString();
        }
    }

    /** Leaves a thread's code before a step. */
    private static final class TurnOver extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TurnOver() {
            super("the next step is another turn's", null, false, false);
        }
    }
}

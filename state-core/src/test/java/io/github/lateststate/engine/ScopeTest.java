package io.github.lateststate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private final HandDrivenLoop loop = new HandDrivenLoop();
    private final Scope scope = new Scope(loop);
    private final List<Object> seen = new ArrayList<>();

    @Test
    void anAnswerIsTakenOnTheLoop() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        scope.then(answer, seen::add, seen::add);

        answer.complete("answer");
        assertThat(seen).isEmpty();
        loop.runAll();

        assertThat(seen).containsExactly("answer");
    }

    @Test
    void aFailureArrivesWithoutItsWrappers() {
        IOException cause = new IOException("no route");
        scope.then(CompletableFuture.failedFuture(new CompletionException(cause)), seen::add, seen::add);
        loop.runAll();

        assertThat(seen).containsExactly(cause);
    }

    @Test
    void anAnswerAfterTheEndIsDropped() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> failure = new CompletableFuture<>();
        scope.then(answer, seen::add, seen::add);
        scope.then(failure, seen::add, seen::add);
        scope.end();

        answer.complete("late");
        failure.completeExceptionally(new IOException());
        loop.runAll();

        assertThat(seen).isEmpty();
    }

    @Test
    void anAnswerThatWaitsForItsTurnWhenTheScopeEndsIsDropped() {
        scope.then(CompletableFuture.completedFuture("early"), seen::add, seen::add);
        scope.end();
        loop.runAll();

        assertThat(seen).isEmpty();
    }

    @Test
    void aTimerRunsOnceWhenItIsDue() {
        scope.after(Duration.ofSeconds(2), () -> seen.add("timer"));

        loop.advance(Duration.ofMillis(1_999));
        assertThat(seen).isEmpty();
        loop.advance(Duration.ofSeconds(5));

        assertThat(seen).containsExactly("timer");
    }

    @Test
    void timersEndWithTheScopeOrWhenCancelled() {
        scope.after(Duration.ofSeconds(1), () -> seen.add("ended"));
        scope.end();
        Loop.Timer cancelled = scope.after(Duration.ofSeconds(1), () -> seen.add("cancelled"));
        scope.after(Duration.ofSeconds(1), () -> seen.add("kept"));
        cancelled.cancel();
        loop.advance(Duration.ofSeconds(1));

        assertThat(seen).containsExactly("kept");
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void aTimerThatIsDueWhenAnotherTaskEndsTheScopeDoesNotRun() {
        scope.after(Duration.ofSeconds(1), scope::end);
        scope.after(Duration.ofSeconds(1), () -> seen.add("second"));
        loop.advance(Duration.ofSeconds(1));

        assertThat(seen).isEmpty();
    }

    @Test
    void aScopeCanBeUsedAgainAfterItsEnd() {
        scope.end();
        scope.then(CompletableFuture.completedFuture("next"), seen::add, seen::add);
        loop.runAll();

        assertThat(seen).containsExactly("next");
    }

    @Test
    void aGuardIsTrueUntilItsScopeEnds() {
        BooleanSupplier before = scope.guard();
        assertThat(before.getAsBoolean()).isTrue();
        scope.end();

        assertThat(before.getAsBoolean()).isFalse();
        assertThat(scope.guard().getAsBoolean()).isTrue();
    }

    /**
     * Runs nothing by itself; the test moves its clock. Its timers cannot be cancelled: the scope alone must not run
     * them.
     */
    private static final class HandDrivenLoop implements Loop {

        private record Delayed(long due, Runnable task) {}

        private final List<Runnable> tasks = new ArrayList<>();
        private final List<Delayed> delayed = new ArrayList<>();
        private long nanos;

        @Override
        public Instant now() {
            return Instant.ofEpochSecond(0, nanos);
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            delayed.add(new Delayed(nanos + delay.toNanos(), task));
            return () -> {};
        }

        void runAll() {
            List<Runnable> due = List.copyOf(tasks);
            tasks.clear();
            due.forEach(Runnable::run);
        }

        void advance(Duration time) {
            nanos += time.toNanos();
            List<Delayed> due =
                    delayed.stream().filter(timer -> timer.due() <= nanos).toList();
            delayed.removeAll(due);
            due.forEach(timer -> timer.task().run());
        }

        int waiting() {
            return delayed.size();
        }
    }
}

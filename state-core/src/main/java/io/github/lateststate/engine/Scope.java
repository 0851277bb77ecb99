package io.github.lateststate.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What one part of a subscription has under way: timers, and questions that wait for an answer. When the part stops, it
 * ends the scope. Then no timer fires and no answer arrives any more. The same scope serves what the part begins next.
 *
 * <p>Use it on the loop only.
 */
public final class Scope {

    private final Loop loop;
    private final Set<Loop.Timer> timers = new HashSet<>();
    private Object current = new Object();

    /**
     * Makes an empty scope.
     *
     * @param loop where its tasks run
     */
    public Scope(Loop loop) {
        this.loop = loop;
    }

    /**
     * Runs a task later, unless the scope ends before.
     *
     * @param delay how long to wait
     * @param task what to run
     * @return cancels this task alone
     */
    public Loop.Timer after(Duration delay, Runnable task) {
        return new ScopedTimer(delay, task);
    }

    /**
     * Continues with the outcome of a question, on the loop, unless the scope ends before.
     *
     * @param answer the answer; any thread may complete it
     * @param onAnswer receives the answer
     * @param onFailure receives the failure, without the exceptions that futures wrap around it
     * @param <T> the type of the answer
     */
    public <T> void then(CompletionStage<T> answer, Consumer<? super T> onAnswer, Consumer<Throwable> onFailure) {
        BooleanSupplier wanted = guard();
        var unused = answer.whenComplete((value, thrown) -> loop.execute(() -> {
            if (wanted.getAsBoolean()) {
                if (thrown == null) {
                    onAnswer.accept(value);
                } else {
                    onFailure.accept(Failures.unwrapped(thrown));
                }
            }
        }));
    }

    /**
     * Returns a guard over what is under way now, for code that does not wait for an answer.
     *
     * @return true until the scope ends
     */
    public BooleanSupplier guard() {
        Object begun = current;
        return () -> begun == current;
    }

    /** Cancels the timers of the scope, and drops the answers that have not arrived yet. */
    public void end() {
        current = new Object();
        Set.copyOf(timers).forEach(Loop.Timer::cancel);
    }

    private final class ScopedTimer implements Loop.Timer {

        private final Loop.Timer timer;

        ScopedTimer(Duration delay, Runnable task) {
            timers.add(this);
            timer = loop.after(delay, () -> {
                if (timers.remove(this)) {
                    task.run();
                }
            });
        }

        @Override
        public void cancel() {
            timers.remove(this);
            timer.cancel();
        }
    }
}

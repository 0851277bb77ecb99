package io.github.lateststate.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What one part of a subscription has under way: timers, and questions without an answer yet. When the part stops, it ends the scope, and
 * nothing of that happens any more. After that the same scope serves what the part begins next.
 *
 * <p>To be used on the loop only.
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
     * Goes on with the outcome of a question, on the loop, unless the scope ends before.
     *
     * @param answer what was asked for; may be completed by any thread
     * @param onAnswer takes the answer
     * @param onFailure takes the failure, without the exceptions that futures wrap around it
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
     * Returns a guard over what is under way now, for code that has no answer to wait for.
     *
     * @return true until the scope ends
     */
    public BooleanSupplier guard() {
        Object begun = current;
        return () -> begun == current;
    }

    /** Cancels the timers of the scope, and drops the answers that are still on their way. */
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

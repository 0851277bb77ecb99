package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.concurrent.CallThreads;
import io.github.lateststate.testing.InMemorySubscriber;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutorTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final LogCapture log = new LogCapture();

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void listenersAreCalledOnTheGivenExecutor() {
        try (LatestState<String> state = open(tasks::add)) {
            state.listen(current -> received.add(current.value().orElseThrow()));
            state.listenStatus(status -> received.add(status.phase().name()));
            state.ready().thenRun(() -> received.add("ready"));
            broker.push("a");
            assertThat(received).isEmpty();
            runAll();
            assertThat(received).containsExactlyInAnyOrder("a", "LIVE", "ready");
        }
        runAll();
        assertThat(received).last().isEqualTo("CLOSED");
    }

    @Test
    void anExecutorThatRunsTasksAtOnceDoesNotDeepenTheStack() {
        try (LatestState<String> state = open(Runnable::run)) {
            state.listen(current -> {
                int number = Integer.parseInt(current.value().orElseThrow());
                if (number < 100_000) {
                    broker.push(Integer.toString(number + 1));
                }
            });
            broker.push("1");
            assertThat(state.get()).isEqualTo("100000");
            assertThat(state.status().listenerFailures()).isZero();
        }
    }

    @Test
    void aTaskThatTheExecutorRefusesIsTriedAgain() {
        AtomicBoolean full = new AtomicBoolean(true);
        try (LatestState<String> state = open(refusing(full, Runnable::run))) {
            CompletableFuture<LatestState<String>> ready = state.ready().toCompletableFuture();
            state.listen(current -> received.add(current.value().orElseThrow()));
            broker.push("a");
            assertThat(received).isEmpty();
            assertThat(ready).isNotDone();
            full.set(false);
            await().untilAsserted(() -> assertThat(List.copyOf(received)).containsExactly("a"));
            await().until(ready::isDone);
        }
    }

    @Test
    void theStageCompletesAfterCloseEvenIfTheExecutorRefuses() {
        LatestState<String> state = open(refusing(new AtomicBoolean(true), Runnable::run));
        CompletableFuture<LatestState<String>> ready = state.ready().toCompletableFuture();
        assertThat(ready).isNotDone();
        state.close();
        assertThat(ready).isCompletedWithValue(state); // the look-back had ended before
    }

    @Test
    void aListenerReceivesClosedEvenIfTheExecutorRefuses() {
        AtomicBoolean shutDown = new AtomicBoolean();
        LatestState<String> state = open(refusing(shutDown, Runnable::run));
        state.listenStatus(status -> received.add(status.phase().name()));
        shutDown.set(true);
        broker.interrupt(new IllegalStateException("away"));
        assertThat(received).containsExactly("LIVE");
        state.close();
        assertThat(received).containsExactly("LIVE", "INTERRUPTED", "CLOSED");
    }

    @Test
    void aListenerThatIsBusyReceivesClosedEvenIfTheExecutorIsShutDownMeanwhile() {
        AtomicBoolean shutDown = new AtomicBoolean();
        LatestState<String> state = open(refusing(shutDown, tasks::add));
        state.listenStatus(status -> {
            received.add(status.phase().name());
            shutDown.set(true);
            state.close();
        });
        runAll();
        assertThat(received).containsExactly("LIVE", "CLOSED");
    }

    /** The library finds virtual threads by reflection. If the JVM has them, it must return them. */
    @Test
    void callsUseVirtualThreadsIfTheJvmHasThem() throws Exception {
        Thread thread = CallThreads.named("latest-state-test").newThread(() -> {});
        assertThat(thread.getName()).isEqualTo("latest-state-test");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(isVirtual(thread)).isEqualTo(Runtime.version().feature() >= 21);
    }

    private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
        for (Method method : Thread.class.getMethods()) {
            if (method.getName().equals("isVirtual")) {
                return (boolean) method.invoke(thread);
            }
        }
        return false;
    }

    private LatestState<String> open(Executor executor) {
        return LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream("models")
                .executor(executor)
                .open();
    }

    private static Executor refusing(AtomicBoolean now, Executor otherwise) {
        return task -> {
            if (now.get()) {
                throw new RejectedExecutionException("full");
            }
            otherwise.execute(task);
        };
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}

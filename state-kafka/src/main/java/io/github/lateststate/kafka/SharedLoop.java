package io.github.lateststate.kafka;

import io.github.lateststate.engine.Waits;
import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * A thread with a consumer that follows for all subscriptions of this JVM which share their clients, and whose clients are set up
 * alike. A consumer has one position in each partition, so that a second subscription to a topic joins another loop. The thread ends,
 * and the consumer is closed, with the last member. Thread-safe.
 */
final class SharedLoop {

    /** By the settings of the consumer, without its names. */
    private static final Map<Map<String, Object>, List<SharedLoop>> CURRENT = new HashMap<>();

    private static int started; // guarded by CURRENT

    private final Map<String, Object> key;
    private final KafkaSettings settings;
    private final Map<String, Follower> members = new HashMap<>(); // by topic; guarded by CURRENT
    private final Queue<Follower> joining = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile Runnable wake = () -> {};
    private volatile String throttling = "";

    private SharedLoop(Map<String, Object> key, KafkaSettings settings, int number, ThreadFactory threads) {
        this.key = key;
        this.settings = settings.withGroup(
                settings.group() + "-shared-" + number); // the first member has clients of that group
        this.thread = threads.newThread(this::run);
        this.thread.setName("latest-state-kafka-shared-" + number);
        this.thread.setDaemon(true);
    }

    /** A follower's place in a loop. */
    record Membership(SharedLoop loop, Follower follower, CompletableFuture<LookBackAgain> over) {

        /** Makes the loop look whether the follower was closed. */
        void wake() {
            loop.wake.run();
        }

        /** What to say of a quota. */
        String throttling() {
            return over.isDone() ? "" : loop.throttling;
        }

        /** Gives up the place, when the follower is closed; returns whether that was the loop's last. */
        boolean leave() {
            return loop.leave(follower);
        }

        /** Waits for the end of the loop, unless that is who waits. */
        void awaitEnd(long nanos) {
            if (Thread.currentThread() != loop.thread) {
                Waits.uninterrupted(Duration.ofNanos(nanos), left -> TimeUnit.NANOSECONDS.timedJoin(loop.thread, left));
            }
        }
    }

    /** Lets somebody follow. It is over when the follower has ended, and has left. */
    static Membership join(KafkaSettings settings, Follower follower) {
        return join(settings, follower, Thread::new);
    }

    /** With a thread that may fail to start, as it does in a process that may have no more. */
    static Membership join(KafkaSettings settings, Follower follower, ThreadFactory threads) {
        Map<String, Object> key = settings.consumer();
        key.remove(ConsumerConfig.CLIENT_ID_CONFIG);
        key.remove(ConsumerConfig.GROUP_ID_CONFIG);
        SharedLoop loop;
        synchronized (CURRENT) {
            loop = CURRENT.computeIfAbsent(key, alike -> new ArrayList<>()).stream()
                    .filter(one -> !one.members.containsKey(follower.topic().name()))
                    .findFirst()
                    .orElseGet(() -> start(key, settings, threads));
            loop.members.put(follower.topic().name(), follower);
            loop.joining.add(follower);
        }
        loop.wake.run();
        return new Membership(loop, follower, follower.ended().whenComplete((reason, thrown) -> loop.leave(follower)));
    }

    private static SharedLoop start(Map<String, Object> key, KafkaSettings settings, ThreadFactory threads) {
        SharedLoop loop = new SharedLoop(key, settings, ++started, threads);
        loop.thread.start(); // first, as nobody must join a loop whose thread could not be started
        CURRENT.computeIfAbsent(key, alike -> new ArrayList<>()).add(loop);
        return loop;
    }

    private boolean leave(Follower follower) {
        boolean last;
        synchronized (CURRENT) {
            last = members.remove(follower.topic().name(), follower) && isOver();
        }
        if (joining.remove(follower)) { // the thread may never look again
            follower.fail(new StoppedException());
        }
        return last;
    }

    /** Whether nobody is left; then nobody joins any more. */
    private boolean isOver() {
        synchronized (CURRENT) {
            if (!members.isEmpty()) {
                return false;
            }
            CURRENT.computeIfPresent(key, (alike, loops) -> {
                loops.remove(this);
                return loops.isEmpty() ? null : loops;
            });
            return true;
        }
    }

    private void run() {
        do {
            follow();
        } while (!isOver()); // somebody has joined after the others left
    }

    /** With one consumer, until nobody is left who follows by it. */
    private void follow() {
        try (FollowLoop loop = new FollowLoop(FollowClients.of(settings))) {
            wake = loop::wake;
            takeJoining(loop::add);
            while (!loop.isEmpty()) {
                loop.turn();
                throttling = loop.throttling();
                takeJoining(loop::add);
            }
        } catch (Throwable e) { // there is no client to follow with: each of them tries again by itself
            takeJoining(follower -> follower.fail(e));
        }
    }

    private void takeJoining(Consumer<Follower> taker) {
        for (Follower follower = joining.poll(); follower != null; follower = joining.poll()) {
            taker.accept(follower);
        }
    }
}

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/**
 * A thread with a consumer that follows. It serves one subscription, or all subscriptions of this JVM that share their
 * clients and have the same client settings. A consumer has one position in each partition, so a second subscription to
 * a topic joins another thread. When the last member leaves, the thread ends and the consumer is closed. Thread-safe.
 */
final class Following {

    /** Those that others can join, by the settings of the consumer without its names. */
    private static final Map<Map<String, Object>, List<Following>> SHARED = new HashMap<>();

    private static int started; // guarded by SHARED

    private final Map<String, Object> key;
    private final Supplier<FollowClients> clients;
    private final Map<String, Follower> members = new HashMap<>(); // by topic; guarded by SHARED
    private final Queue<Follower> joining = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<?> begun = new CompletableFuture<>();
    private final CountDownLatch ended;
    private volatile @Nullable Thread thread;
    private volatile Runnable wake = () -> {};
    private volatile String throttling = "";

    private Following(Map<String, Object> key, Supplier<FollowClients> clients, int threads) {
        this.key = key;
        this.clients = clients;
        this.ended = new CountDownLatch(threads);
    }

    /** The place of a follower among those who follow together. It is over when the follower has ended and left. */
    record Place(Following following, Follower follower, CompletableFuture<LookBackAgain> over) {

        /** Follows on the calling thread until it is over. Not for those who follow together. */
        void run() {
            following.run();
        }

        /** Wakes the thread, which then checks whether the follower was closed. */
        void wake() {
            following.wake.run();
        }

        /** Runs an action, once the clients exist. They include a use of the shared admin client. */
        void whenStarted(Runnable action) {
            var unused = following.begun.thenRun(action);
        }

        /** A note on a quota for the progress. */
        String throttling() {
            return over.isDone() ? "" : following.throttling;
        }

        /** Removes a follower that was closed. Returns whether no member is left. */
        boolean leave() {
            return following.leave(follower);
        }

        /** Waits for the end of a shared thread's work, unless the caller is that thread. */
        void awaitEnd(Duration most) {
            if (Thread.currentThread() != following.thread) {
                Waits.uninterrupted(most, left -> following.ended.await(left, TimeUnit.NANOSECONDS));
            }
        }
    }

    /** Lets a follower follow together with others. */
    static Place together(KafkaSettings settings, Follower follower) {
        return together(settings, follower, Following::newThread);
    }

    /**
     * Also takes the executor that starts a thread if another one is needed. That may fail in a process that may have
     * no more threads.
     */
    static Place together(KafkaSettings settings, Follower follower, Executor threads) {
        Map<String, Object> key = settings.consumer();
        key.remove(ConsumerConfig.CLIENT_ID_CONFIG);
        key.remove(ConsumerConfig.GROUP_ID_CONFIG);
        Following following;
        synchronized (SHARED) {
            following = SHARED.computeIfAbsent(key, alike -> new ArrayList<>()).stream()
                    .filter(one -> !one.members.containsKey(follower.topic().name()))
                    .findFirst()
                    .orElseGet(() -> start(key, settings, threads));
            following.add(follower);
        }
        following.wake.run();
        return following.place(follower);
    }

    /**
     * Lets a follower follow alone.
     *
     * @param clients creates the clients, which are closed when it is over
     * @return the place; call {@link Place#run} on the thread that is to follow
     */
    static Place alone(Supplier<FollowClients> clients, Follower follower) {
        Following following = new Following(Map.of(), clients, 0); // the caller knows when its thread ends
        synchronized (SHARED) {
            following.add(follower);
        }
        return following.place(follower);
    }

    private static Following start(Map<String, Object> key, KafkaSettings settings, Executor threads) {
        String group = settings.group() + "-shared-" + ++started; // the first member has clients of its own group
        Following following = new Following(key, () -> FollowClients.of(settings.withGroup(group)), 1);
        threads.execute(following::run); // first: if no thread can be started, nobody must join
        SHARED.computeIfAbsent(key, alike -> new ArrayList<>()).add(following);
        return following;
    }

    private static void newThread(Runnable run) {
        Thread thread = new Thread(run, "latest-state-kafka-shared-" + started);
        thread.setDaemon(true);
        thread.start();
    }

    private void add(Follower follower) {
        members.put(follower.topic().name(), follower);
        joining.add(follower);
    }

    private Place place(Follower follower) {
        return new Place(this, follower, follower.ended().whenComplete((reason, thrown) -> leave(follower)));
    }

    private boolean leave(Follower follower) {
        boolean over;
        synchronized (SHARED) {
            members.remove(follower.topic().name(), follower);
            over = isOver();
        }
        if (joining.remove(follower)) { // the thread may never look again
            follower.fail(new StoppedException());
        }
        return over;
    }

    /** Whether no member is left. After that nobody can join. */
    private boolean isOver() {
        synchronized (SHARED) {
            if (!members.isEmpty()) {
                return false;
            }
            SHARED.computeIfPresent(key, (alike, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
            return true;
        }
    }

    private void run() {
        thread = Thread.currentThread();
        try {
            do {
                follow();
            } while (!isOver()); // another follower joined after the others left
        } finally {
            thread = null;
            ended.countDown();
        }
    }

    /** Follows with one consumer until no follower is left. */
    private void follow() {
        try (FollowClients made = clients.get()) {
            begun.complete(null);
            FollowLoop loop = new FollowLoop(made);
            wake = loop::wake;
            takeJoining(loop::add);
            while (!loop.isEmpty()) {
                loop.turn();
                throttling = loop.throttling();
                takeJoining(loop::add);
            }
        } catch (Throwable e) { // there is no client to follow with: each follower tries again by itself
            takeJoining(follower -> follower.fail(e));
        }
    }

    private void takeJoining(Consumer<Follower> taker) {
        for (Follower follower = joining.poll(); follower != null; follower = joining.poll()) {
            taker.accept(follower);
        }
    }
}

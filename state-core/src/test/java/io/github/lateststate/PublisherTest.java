package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.InMemorySubscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final LatestState<String> state = LatestState.builder(Decoder.utf8()).subscriber(broker).stream("models")
            .open();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    /** Records what it receives, and at first requests as many states as the test says. */
    private class Noting implements Flow.Subscriber<Current<String>> {

        private final long atFirst;
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        Noting(long atFirst) {
            this.atFirst = atFirst;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            if (atFirst != 0) {
                given.request(atFirst);
            }
            received.add("subscribed");
            subscription.complete(given);
        }

        @Override
        public void onNext(Current<String> current) {
            received.add(current.value().orElse("(none)"));
        }

        @Override
        public void onError(Throwable error) {
            received.add(error.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            received.add("complete");
        }
    }

    @AfterEach
    void close() {
        state.close();
        CloseTest.awaitNoListenerThreads();
    }

    @Test
    void aSubscriberReceivesTheCurrentStateThenEachNewerOneThenTheEnd() {
        broker.push("a");
        state.publisher().subscribe(new Noting(Long.MAX_VALUE));
        awaitReceived("subscribed", "a");
        broker.push("b");
        awaitReceived("subscribed", "a", "b");
        broker.pushTombstone();
        awaitReceived("subscribed", "a", "b", "(none)");
        state.close();
        awaitReceived("subscribed", "a", "b", "(none)", "complete");
    }

    @Test
    void aStateThatIsSupersededBeforeItIsRequestedIsSkipped() {
        Noting subscriber = new Noting(1);
        try (LatestState<String> atOnce = LatestState.builder(Decoder.utf8()).subscriber(broker).stream("models")
                .executor(Runnable::run)
                .open()) {
            atOnce.publisher().subscribe(subscriber);
            broker.push("a");
            assertThat(received).containsExactly("subscribed", "a");
            broker.push("b");
            broker.push("c");
            assertThat(received).containsExactly("subscribed", "a");
            subscriber.subscription.join().request(5);
            assertThat(received).containsExactly("subscribed", "a", "c");
            broker.push("d");
            assertThat(received).containsExactly("subscribed", "a", "c", "d");
        }
    }

    @Test
    void aSubscriberThatCancelledReceivesNothingMore() {
        Noting subscriber = new Noting(Long.MAX_VALUE);
        state.publisher().subscribe(subscriber);
        broker.push("a");
        awaitReceived("subscribed", "a");
        subscriber.subscription.join().cancel();
        broker.push("b");
        state.close();
        CloseTest.awaitNoListenerThreads();
        assertThat(received).containsExactly("subscribed", "a");
    }

    @Test
    void aSubscriberThatCancelsAtOnceIsForgotten() {
        AtomicInteger tasks = new AtomicInteger();
        try (LatestState<String> counting = LatestState.builder(Decoder.utf8()).subscriber(broker).stream("models")
                .executor(task -> {
                    tasks.incrementAndGet();
                    task.run();
                })
                .open()) {
            counting.publisher().subscribe(new Noting(1) {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                    given.cancel();
                }
            });
            int before = tasks.get();
            broker.push("a");
            assertThat(tasks).hasValue(before);
            assertThat(received).isEmpty();
        }
    }

    @Test
    void aRequestOfNothingIsAnError() {
        broker.push("a");
        state.publisher().subscribe(new Noting(-1));
        awaitReceived("subscribed", "IllegalArgumentException");
    }

    @Test
    void aClosedStateCompletesAtOnce() {
        broker.push("a");
        state.close();
        state.publisher().subscribe(new Noting(1));
        awaitReceived("subscribed", "complete");
    }

    private void awaitReceived(String... calls) {
        await().untilAsserted(() -> assertThat(List.copyOf(received)).containsExactly(calls));
    }
}

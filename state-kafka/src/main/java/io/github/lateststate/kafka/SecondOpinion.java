package io.github.lateststate.kafka;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What brokers say of topics whose leaders they know otherwise.
 *
 * @param at settings for clients that know these brokers only
 * @param answers one for each topic of which there is one
 */
record SecondOpinion(KafkaSettings at, List<LogBounds> answers) {

    /** Asks, by an admin client of its own, which has not been told of leaders before. Does not block. */
    static CompletableFuture<SecondOpinion> ask(KafkaSettings at, Collection<Topic> topics, Aside aside) {
        SharedAdmin admin = SharedAdmin.of(at);
        return aside.supply(() -> new EndsProbe(admin.client(at), at.isolation()).ask(List.copyOf(topics)))
                .thenCompose(asked -> CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                        .handle((all, someFailed) -> asked.stream()
                                .filter(answer -> !answer.isCompletedExceptionally())
                                .map(CompletableFuture::join)
                                .toList()))
                .thenApply(answers -> new SecondOpinion(at, answers))
                .whenComplete((opinion, thrown) -> admin.close());
    }
}

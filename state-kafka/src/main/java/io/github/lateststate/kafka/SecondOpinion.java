package io.github.lateststate.kafka;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What other brokers say about topics if they know other leaders.
 *
 * @param at settings for clients that know only these brokers
 * @param answers one for each topic that was answered
 */
record SecondOpinion(KafkaSettings at, List<TopicBounds> answers) {

    /** Asks with its own admin client, which has no knowledge of leaders yet. Does not block. */
    static CompletableFuture<SecondOpinion> ask(KafkaSettings at, Collection<Topic> topics, Aside aside) {
        SharedAdmin admin = SharedAdmin.of(at);
        return aside.supply(() -> new FollowProbe(admin.client(at), at.isolation()).ask(List.copyOf(topics)))
                .thenCompose(asked -> CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                        .handle((all, someFailed) -> asked.stream()
                                .filter(answer -> !answer.isCompletedExceptionally())
                                .map(CompletableFuture::join)
                                .toList()))
                .thenApply(answers -> new SecondOpinion(at, answers))
                .whenComplete((opinion, thrown) -> admin.close());
    }
}

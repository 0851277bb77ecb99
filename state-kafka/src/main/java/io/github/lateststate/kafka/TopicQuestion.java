package io.github.lateststate.kafka;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The question which topic it is, for one look-back. It is asked once at most, and only if needed. Thread-safe. */
final class TopicQuestion {

    private final Supplier<CompletableFuture<Topic>> admin;
    private final Runnable onFailure;
    private final boolean mayBeDismissed;
    private @Nullable CompletableFuture<Topic> answer;
    private boolean dismissed;

    /**
     * Asks nothing yet.
     *
     * @param admin asks the admin client
     * @param onFailure is run if there is no topic to look back in
     * @param mayBeDismissed whether the look-back can do without an answer
     */
    TopicQuestion(Supplier<CompletableFuture<Topic>> admin, Runnable onFailure, boolean mayBeDismissed) {
        this.admin = admin;
        this.onFailure = onFailure;
        this.mayBeDismissed = mayBeDismissed;
    }

    /** One that was answered before. */
    static TopicQuestion answered(Supplier<Topic> topic) {
        return new TopicQuestion(() -> CompletableFuture.completedFuture(topic.get()), () -> {}, false);
    }

    /** Asks, unless it was asked or dismissed. */
    synchronized void ask() {
        if (!dismissed && answer == null) {
            answer = ofAdmin();
            var unused = answer.exceptionally(notFound -> {
                onFailure.run();
                return null;
            });
        }
    }

    /** Makes sure that it is not asked any more. Returns false if the look-back has to wait for the answer. */
    synchronized boolean dismiss() {
        dismissed = mayBeDismissed && answer == null;
        return dismissed;
    }

    /** The answer, to a question that is asked now at the latest. */
    synchronized CompletableFuture<Topic> answer() {
        ask();
        return answer == null ? CompletableFuture.failedFuture(new IllegalStateException("dismissed")) : answer;
    }

    private CompletableFuture<Topic> ofAdmin() {
        try {
            return admin.get();
        } catch (RuntimeException e) { // the client cannot be made
            return CompletableFuture.failedFuture(e);
        }
    }
}

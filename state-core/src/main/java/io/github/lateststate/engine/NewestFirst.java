package io.github.lateststate.engine;

import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The order in which records are offered: the newest first, and older ones only until one is accepted. */
public final class NewestFirst {

    private NewestFirst() {}

    /**
     * Offers records.
     *
     * @param records in the order of the log
     * @param offer offers one record, and tells whether it was accepted
     * @param <R> the type of the records
     * @return whether one of them was accepted
     */
    public static <R> boolean offer(List<? extends R> records, Predicate<? super R> offer) {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (offer.test(records.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Offers records that need not be kept: each is removed before it is offered, so that it takes no memory besides what it is decoded
     * to.
     *
     * @param records in the order of the log; those that were not offered stay
     * @param offer offers one record, and tells whether it was accepted
     * @param <R> the type of the records
     * @return whether one of them was accepted
     */
    public static <R> boolean offerAndRemove(Deque<? extends R> records, Predicate<? super R> offer) {
        boolean accepted = false;
        while (!accepted && !records.isEmpty()) {
            accepted = offer.test(records.removeLast());
        }
        return accepted;
    }
}

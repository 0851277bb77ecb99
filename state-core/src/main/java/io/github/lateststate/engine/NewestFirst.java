package io.github.lateststate.engine;

import java.util.List;
import java.util.function.Predicate;

/** The order in which records are offered: newest first, and older ones only until one is accepted. */
public final class NewestFirst {

    private NewestFirst() {}

    /**
     * Offers records.
     *
     * @param records in the order of the log
     * @param offer offers one record, and returns whether it was accepted
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
}

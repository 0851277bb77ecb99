package io.github.lateststate.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BookTest {

    private final Book book = new Book();

    @Test
    void onlyACommittedUpdateIsRequired() {
        commit(book.next(Fate.UNKNOWN, true), 5, 100);
        book.placed(book.next(Fate.UNKNOWN, true), 6);
        assertThat(book.newest()).contains(Place.of(1, "5"));
        assertThat(book.requiredAt(99)).isEmpty();
        assertThat(book.requiredAt(100)).contains(Place.of(1, "5"));
    }

    @Test
    void anUnreadableUpdateIsNotRequired() {
        commit(book.next(Fate.UNKNOWN, true), 5, 100);
        commit(book.next(Fate.UNKNOWN, false), 6, 200);
        assertThat(book.newest()).contains(Place.of(1, "5"));
    }

    @Test
    void aLateAcknowledgementDoesNotMakeAnOlderUpdateRequired() {
        Payload first = book.next(Fate.UNKNOWN, true);
        commit(book.next(Fate.UNKNOWN, true), 6, 100);
        commit(first, 5, 200);
        assertThat(book.newest()).contains(Place.of(1, "6"));
    }

    @Test
    void aDeletedUpdateIsNotRequired() {
        commit(book.next(Fate.UNKNOWN, true), 5, 100);
        book.deletedBefore(6);
        assertThat(book.newest()).isEmpty();
        commit(book.next(Fate.UNKNOWN, true), 6, 200);
        assertThat(book.newest()).contains(Place.of(1, "6"));
    }

    @Test
    void anUpdateOfAnEarlierLogIsNotRequired() {
        commit(book.next(Fate.UNKNOWN, true), 5, 100);
        book.created();
        assertThat(book.newest()).isEmpty();
        commit(book.next(Fate.UNKNOWN, true), 0, 200);
        assertThat(book.newest()).contains(Place.of(2, "0"));
    }

    @Test
    void updatesShareTheFateOfTheirTransaction() {
        Payload update = book.next(Fate.OPEN, true);
        assertThat(book.fate(update.serial())).contains(Fate.OPEN);
        book.commitRequested(List.of(update));
        assertThat(book.fate(update.serial())).contains(Fate.UNKNOWN);
        book.aborted(List.of(update));
        assertThat(book.fate(update.serial())).contains(Fate.ABORTED);
        assertThat(book.fate(7)).isEmpty();
    }

    private void commit(Payload update, long offset, long nanos) {
        book.placed(update, offset);
        book.committed(List.of(update), nanos);
    }
}

package io.github.lateststate.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Phase;
import io.github.lateststate.reliability.Violation.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Breaks each promise once, by hand. */
final class PromisesTest {

    private static final long SECOND = 1_000_000_000L;

    private final Book book = new Book();
    private final Promises promises = new Promises(book);

    @Test
    void theNewestCommittedValueBreaksNothing() {
        Shown shown = committed(5, 0);
        assertThat(broken(look(60 * SECOND, Phase.LIVE, 1, shown))).isEmpty();
    }

    @Test
    void anOlderValueAfterANewerOneIsFound() {
        Shown old = committed(5, 0);
        Shown newer = committed(6, 0);
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, newer))).isEmpty();
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, old))).containsExactly(Promise.NEVER_OLDER);
    }

    @Test
    void aValueOfAnEarlierLogAfterOneOfTheNewLogIsFound() {
        Shown old = committed(5, 0);
        book.created();
        Payload update = book.next(Fate.UNKNOWN, true);
        Shown newer = new Shown(update.serial(), Place.of(2, "0"));
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, newer))).isEmpty();
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, old))).containsExactly(Promise.NEVER_OLDER);
    }

    @Test
    void aValueOfAnOpenTransactionIsFound() {
        Payload update = book.next(Fate.OPEN, true);
        Shown shown = new Shown(update.serial(), Place.of(1, "0"));
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, shown))).containsExactly(Promise.NEVER_UNCOMMITTED);
        book.commitRequested(List.of(update));
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, shown))).isEmpty();
    }

    @Test
    void anAbortedValueIsFound() {
        Payload update = book.next(Fate.OPEN, true);
        book.aborted(List.of(update));
        Shown shown = new Shown(update.serial(), Place.of(1, "0"));
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, shown))).containsExactly(Promise.NEVER_UNCOMMITTED);
    }

    @Test
    void aValueThatWasNeverWrittenIsFound() {
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, new Shown(3, Place.of(1, "0")))))
                .containsExactly(Promise.NEVER_UNCOMMITTED);
    }

    @Test
    void aWrongPositionIsFound() {
        Shown shown = committed(5, 0);
        assertThat(broken(look(0, Phase.INTERRUPTED, 1, new Shown(shown.serial(), Place.of(1, "6")))))
                .containsExactly(Promise.TRUE_POSITION);
    }

    @Test
    void aStaleValueIsABreachOnlyIfTheStatusClaimsToBeFresh() {
        Shown old = committed(5, 0);
        committed(6, 10 * SECOND);
        assertThat(broken(look(25 * SECOND, Phase.LIVE, 1, old))).isEmpty();
        assertThat(broken(look(26 * SECOND, Phase.INTERRUPTED, 1, old))).isEmpty();
        assertThat(broken(look(26 * SECOND, Phase.LIVE, 15, old))).isEmpty();
        Look pending = new Look(
                26 * SECOND, Phase.LIVE, true, look(0, Phase.LIVE, 1, old).contactAge(), Optional.of(old));
        assertThat(broken(pending)).isEmpty();
        assertThat(broken(look(26 * SECOND, Phase.LIVE, 1, old))).containsExactly(Promise.NEVER_STALE_WHEN_LIVE);
        assertThat(broken(look(26 * SECOND, Phase.LIVE, 1, null))).containsExactly(Promise.NEVER_STALE_WHEN_LIVE);
    }

    @Test
    void anOldContactIsFoundWhileLiveUnlessTheMachineStoodStill() {
        Shown shown = committed(5, 0);
        Look look = look(60 * SECOND, Phase.LIVE, 17, shown);
        assertThat(broken(look)).containsExactly(Promise.CONTACT_WHEN_LIVE);
        assertThat(promises.brokenBy(look, Duration.ofSeconds(2))).isEmpty();
        assertThat(broken(look(60 * SECOND, Phase.INTERRUPTED, 17, shown))).isEmpty();
    }

    @Test
    void aFailureIsFound() {
        assertThat(broken(look(0, Phase.FAILED, 1, null))).containsExactly(Promise.NEVER_FAILED);
    }

    private List<Promise> broken(Look look) {
        return promises.brokenBy(look, Duration.ZERO).stream()
                .map(Violation::promise)
                .toList();
    }

    private Shown committed(long offset, long nanos) {
        Payload update = book.next(Fate.UNKNOWN, true);
        book.placed(update, offset);
        book.committed(List.of(update), nanos);
        return new Shown(update.serial(), Place.of(update.log(), Long.toString(offset)));
    }

    private static Look look(long at, Phase phase, int contactSeconds, @Nullable Shown shown) {
        Duration age = Duration.ofSeconds(contactSeconds);
        return new Look(at, phase, false, Optional.of(new Look.Age(age, age)), Optional.ofNullable(shown));
    }
}

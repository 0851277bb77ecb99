package io.github.lateststate.reliability;

import io.github.lateststate.Phase;
import io.github.lateststate.reliability.Violation.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what one reader of one state sees with the book. One thread uses it. */
final class Promises {

    static final Duration FRESH = Duration.ofSeconds(15);

    /** The status is dated by the wall clock and the book by the monotonic one. */
    private static final Duration CLOCKS = Duration.ofMillis(500);

    /** The library has a second to notice that a contact has become too old. */
    private static final Duration NOTICED = FRESH.plusSeconds(1);

    private final Book book;
    private @Nullable Shown newest;

    Promises(Book book) {
        this.book = book;
    }

    /**
     * Returns the promises that a look breaks.
     *
     * @param held how long this machine recently kept threads from running, which delays the library's own timers
     */
    List<Violation> brokenBy(Look look, Duration held) {
        List<Violation> broken = new ArrayList<>();
        look.shown().ifPresent(shown -> value(shown, broken));
        if (look.phase() == Phase.FAILED) {
            broken.add(new Violation(Promise.NEVER_FAILED, "the phase is FAILED"));
        }
        if (look.phase() == Phase.LIVE) {
            contact(look, held, broken);
            freshness(look, broken);
        }
        return broken;
    }

    private void value(Shown shown, List<Violation> broken) {
        Shown before = newest;
        if (before != null && before.place().compareTo(shown.place()) > 0) {
            broken.add(new Violation(Promise.NEVER_OLDER, shown + " after " + before));
        } else {
            newest = shown;
        }
        Optional<Fate> fate = book.fate(shown.serial());
        if (fate.isEmpty() || fate.get() == Fate.OPEN || fate.get() == Fate.ABORTED) {
            broken.add(new Violation(
                    Promise.NEVER_UNCOMMITTED,
                    shown + ", which is " + fate.map(Fate::name).orElse("not written by anyone")));
        }
        book.place(shown.serial())
                .filter(place -> !place.equals(shown.place()))
                .ifPresent(place -> broken.add(
                        new Violation(Promise.TRUE_POSITION, shown + ", which the broker acknowledged at " + place)));
    }

    private static void contact(Look look, Duration held, List<Violation> broken) {
        Duration age = look.contactAge().map(Look.Age::atLeast).orElse(Duration.ZERO);
        if (age.compareTo(NOTICED.plus(held)) > 0) {
            broken.add(new Violation(Promise.CONTACT_WHEN_LIVE, "contact " + age.toMillis() + " ms ago"));
        }
    }

    private void freshness(Look look, List<Violation> broken) {
        boolean claimed = !look.newerPending()
                && look.contactAge()
                        .filter(age -> age.atMost().compareTo(FRESH) < 0)
                        .isPresent();
        if (!claimed) {
            return;
        }
        long since = look.at() - FRESH.plus(CLOCKS).toNanos();
        book.requiredAt(since)
                .filter(required -> look.shown()
                        .filter(shown -> shown.place().compareTo(required) >= 0)
                        .isEmpty())
                .ifPresent(required -> broken.add(new Violation(
                        Promise.NEVER_STALE_WHEN_LIVE,
                        look.shown().map(Shown::toString).orElse("no value") + ", though " + required
                                + " was committed more than 15 s before; contact "
                                + look.contactAge().map(Look.Age::atMost).map(Duration::toMillis) + " ms ago")));
    }
}

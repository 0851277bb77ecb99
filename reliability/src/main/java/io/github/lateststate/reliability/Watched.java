package io.github.lateststate.reliability;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import io.github.lateststate.Status;
import io.github.lateststate.reliability.Violation.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One open state, its decoder, and what its readers have seen of it. */
final class Watched {

    private final String name;
    private final WrittenStream stream;
    private final boolean sharedClients;
    private final TroubledDecoder decoder;
    private final LatestState<Shown> state;
    private final Promises reader;
    private final Promises listener;
    private final Report report;

    private Watched(
            String name,
            WrittenStream stream,
            boolean sharedClients,
            TroubledDecoder decoder,
            Stage stage,
            Report report) {
        this.name = name;
        this.stream = stream;
        this.sharedClients = sharedClients;
        this.decoder = decoder;
        this.report = report;
        reader = new Promises(stream.book());
        listener = new Promises(stream.book());
        LatestStateBuilder<Shown> builder = LatestState.builder(decoder).stream(stream.name());
        state = stage.follow(builder, sharedClients).open();
        state.listen(current -> current.value().ifPresent(this::received));
    }

    static Watched open(String name, WrittenStream stream, boolean sharedClients, Stage stage, Report report) {
        return new Watched(name, stream, sharedClients, new TroubledDecoder(), stage, report);
    }

    /** Opens another one instead of this one. */
    Watched again(Stage stage) {
        return new Watched(name, stream, sharedClients, decoder, stage, report);
    }

    String name() {
        return name;
    }

    String group() {
        return state.group();
    }

    TroubledDecoder decoder() {
        return decoder;
    }

    Book book() {
        return stream.book();
    }

    /** Reads the status, then the value, and reports what is broken. One thread calls it. */
    void look(Duration held) {
        long at = System.nanoTime();
        Instant before = Instant.now();
        Status status = state.status();
        Instant after = Instant.now();
        Optional<Look.Age> age = status.lastContact()
                .map(contact -> new Look.Age(Duration.between(contact, before), Duration.between(contact, after)));
        Look look = new Look(at, status.phase(), status.newerPending(), age, state.value());
        reader.brokenBy(look, held).forEach(broken -> report.violation(name, broken, status));
    }

    /**
     * Whether it is live and shows something newer than this, or this if there is nothing newer. Live alone is not
     * enough: a state that has not noticed yet that its connections are dead still shows what was newest.
     */
    boolean isLivePast(Optional<Place> newest) {
        Optional<Place> now = book().newest();
        int least = now.equals(newest) ? 0 : 1;
        if (state.status().phase() != Phase.LIVE) {
            return false;
        }
        return now.isEmpty()
                || state.value()
                        .filter(shown -> newest.map(shown.place()::compareTo).orElse(1) >= least)
                        .isPresent();
    }

    String description() {
        Status status = state.status();
        return status.phase() + " with " + state.value().map(Shown::toString).orElse("no value") + ", "
                + status.progress() + ", last contact "
                + status.lastContact().map(Instant::toString).orElse("never")
                + ", last error " + status.lastError().map(Throwable::toString).orElse("none");
    }

    void close(Stalls stalls) {
        Duration heldBefore = stalls.total();
        long begin = System.nanoTime();
        state.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Duration held = stalls.total().minus(heldBefore);
        if (took.minus(held).compareTo(Duration.ofSeconds(5)) > 0) {
            report.violation(
                    name,
                    new Violation(Promise.CLOSED_IN_TIME, "close took " + took.toMillis() + " ms"),
                    state.status());
        }
    }

    private synchronized void received(Shown shown) {
        Look look = new Look(System.nanoTime(), Phase.STARTING, true, Optional.empty(), Optional.of(shown));
        listener.brokenBy(look, Duration.ZERO)
                .forEach(broken -> report.violation(name + "'s listener", broken, state.status()));
    }
}

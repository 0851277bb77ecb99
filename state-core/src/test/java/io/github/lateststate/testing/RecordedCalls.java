package io.github.lateststate.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the calls to a {@link RecordingSink} brought, for tests to read. Guarded by this. */
abstract class RecordedCalls {

    final SinkRules rules = new SinkRules();
    final List<String> offered = new ArrayList<>();
    final List<String> accepted = new ArrayList<>();
    final List<Throwable> rejections = new ArrayList<>();
    final List<Throwable> interruptions = new ArrayList<>();

    @Nullable
    List<String> lookedBackThrough;

    @Nullable
    Throwable failure;

    long recordsRead;
    boolean inContact;

    /**
     * All payloads offered.
     *
     * @return in the order of the offers
     */
    public synchronized List<String> offered() {
        return List.copyOf(offered);
    }

    /**
     * The payloads that were accepted.
     *
     * @return in the order of the offers
     */
    public synchronized List<String> accepted() {
        return List.copyOf(accepted);
    }

    /**
     * The causes of all calls to {@code rejected}.
     *
     * @return in the order of the calls
     */
    public synchronized List<Throwable> rejections() {
        return List.copyOf(rejections);
    }

    /**
     * The payloads that were offered before {@code caughtUp}.
     *
     * @return in the order of the offers; empty before {@code caughtUp}
     */
    public synchronized Optional<List<String>> lookedBackThrough() {
        return Optional.ofNullable(lookedBackThrough);
    }

    /**
     * How many records the look-back has read, as it reported.
     *
     * @return 0 before {@code caughtUp}
     */
    public synchronized long recordsRead() {
        return recordsRead;
    }

    /**
     * Whether {@code caughtUp} was called.
     *
     * @return whether it was
     */
    public boolean isCaughtUp() {
        return lookedBackThrough().isPresent();
    }

    /**
     * Whether the last news of the connection was {@code contact}.
     *
     * @return whether it was
     */
    public synchronized boolean isInContact() {
        return inContact;
    }

    /**
     * The causes of all calls to {@code interrupted}.
     *
     * @return in the order of the calls
     */
    public synchronized List<Throwable> interruptions() {
        return List.copyOf(interruptions);
    }

    /**
     * The cause of {@code failed}.
     *
     * @return empty if it was not called
     */
    public synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The rules that were broken.
     *
     * @return one line for each breach
     */
    public List<String> breaches() {
        return rules.breaches();
    }
}

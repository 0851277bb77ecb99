package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches for a {@link FollowLoop} whether its clients get answers, and replaces those that do not. Kafka's clients
 * wait long for a connection that died unnoticed, and ask a replaced leader again and again. For the thread of the
 * loop.
 */
final class ClientWatch {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    /**
     * How long a fetch may be overdue before the broker is asked whether it is there. This comes on top of the time for
     * which a broker may wait for records.
     */
    private static final Duration SUSPICION = Duration.ofMillis(1_500);

    /** How long a fetch may be overdue before it is made over another connection, if there is something to fetch. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /** While records arrive, the checks wait, but not for longer: the records come first. */
    private static final long CHECK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long RENEW_CONSUMER_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** If a broker is away for long, a new client for each question is not worth its cost. */
    private static final long RENEW_ADMIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FollowClients clients;
    private final Duration suspicion;
    private final Duration silence;
    private RefusedFetches refused;
    private FetchSilence fetchSilence;
    private Quota quota;
    private boolean silenceSuspected;
    private boolean quiet = true;
    private boolean overdue;
    private long lastCheck = System.nanoTime();
    private long nextRenewal = System.nanoTime();
    private long nextAdminRenewal = System.nanoTime();

    ClientWatch(FollowClients clients) {
        this.clients = clients;
        this.suspicion = SUSPICION.plus(clients.longestFetch());
        this.silence = SILENCE.plus(clients.longestFetch());
        this.refused = new RefusedFetches(clients.consumer());
        this.fetchSilence = new FetchSilence(clients.consumer());
        this.quota = new Quota(clients.consumer());
    }

    /** Call it before a poll, and {@link #polled} after it. Both may make a check due. */
    void beginTurn() {
        overdue = System.nanoTime() - lastCheck > CHECK_EVERY_NANOS;
    }

    /** Notes whether a poll has brought nothing. */
    void polled(boolean nothing) {
        quiet = nothing;
        refused.polled();
    }

    /** Whether to ask and check now. */
    boolean isDue() {
        return quiet || overdue;
    }

    /** A note on a quota for the progress; empty unless a fetch was throttled lately. */
    String throttling() {
        return quota.suffix();
    }

    /** Whether fetches were refused lately. The logs may then have changed. */
    boolean suspectsLogs() {
        return refused.suspected();
    }

    /** Replaces the admin client if it got no answer. Call it before anything is asked again. */
    void renewAdminIfUnanswered(Collection<Follower> followers) {
        long now = System.nanoTime();
        if (now - nextAdminRenewal >= 0
                && followers.stream().anyMatch(follower -> follower.question().wasUnanswered())) {
            nextAdminRenewal = now + RENEW_ADMIN_EVERY_NANOS;
            clients.renewAdmin();
        }
    }

    /**
     * Asks the broker when a fetch is overdue. Replaces the consumer when it is overdue for too long, or when a leader
     * is outdated.
     *
     * @param newestKnownAt where to begin with other clients when a leader is outdated
     * @return whether there is a new consumer, which has no partitions assigned
     */
    boolean renewConsumerIfOfNoUse(Collection<Follower> followers, Supplier<Optional<KafkaSettings>> newestKnownAt) {
        lastCheck = System.nanoTime();
        Duration silent = fetchSilence.look();
        boolean suspected = silent.compareTo(suspicion) > 0;
        if (suspected && !silenceSuspected) {
            followers.forEach(follower -> follower.question().askSoon());
        }
        silenceSuspected = suspected;
        boolean renewed = false;
        if (silent.compareTo(silence) > 0 && followers.stream().anyMatch(Follower::isBehind) && mayRenew()) {
            logger.info(
                    "A broker has not answered a fetch for {} ms: following by another connection", silent.toMillis());
            clients.renewConsumer();
            renewed = true;
        }
        Optional<OutdatedLeaderException> outdated = followers.stream()
                .flatMap(follower -> follower.outdatedLeader().stream())
                .findFirst();
        if (outdated.isPresent() && mayRenew()) {
            clients.renew(newestKnownAt.get(), outdated.get());
            renewed = true;
        }
        if (renewed) {
            refused = new RefusedFetches(clients.consumer());
            fetchSilence = new FetchSilence(clients.consumer());
            quota = new Quota(clients.consumer());
        }
        return renewed;
    }

    private boolean mayRenew() {
        long now = System.nanoTime();
        if (now - nextRenewal < 0) {
            return false;
        }
        nextRenewal = now + RENEW_CONSUMER_EVERY_NANOS;
        return true;
    }
}

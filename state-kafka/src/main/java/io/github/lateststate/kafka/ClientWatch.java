package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches, for a {@link FollowLoop}, whether its clients get answers, and replaces those that do not: a client waits long for a connection
 * that has died unnoticed, and asks a broker that was replaced again. For the thread of the loop.
 */
final class ClientWatch {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    /** How long a broker may owe a fetch, beyond the time for which it may wait for records, before it is asked whether it is there. */
    private static final Duration SUSPICION = Duration.ofMillis(1_500);

    /** How long before the fetch is made over another connection, if there is something to fetch. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final long RENEW_CONSUMER_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A broker that is away for long is not worth a new client at each question. */
    private static final long RENEW_ADMIN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FollowClients clients;
    private final Duration suspicion;
    private final Duration silence;
    private RefusedFetches refused;
    private FetchSilence fetchSilence;
    private Quota quota;
    private boolean silenceSuspected;
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

    /** What to say of a quota: nothing, unless there was a throttled fetch lately. */
    String throttling() {
        return quota.suffix();
    }

    /** Whether fetches are refused lately, so that the logs may not be what they were. */
    boolean suspectsLogs() {
        return refused.suspected();
    }

    /** Takes another admin client if the one at hand gave no answer: before anything is asked again. */
    void renewAdminIfUnanswered(Collection<Follower> followers) {
        long now = System.nanoTime();
        if (now - nextAdminRenewal >= 0
                && followers.stream().anyMatch(follower -> follower.question().wasUnanswered())) {
            nextAdminRenewal = now + RENEW_ADMIN_EVERY_NANOS;
            clients.renewAdmin();
        }
    }

    /**
     * Has the broker asked when a fetch is overdue, and takes another consumer when that was too long.
     *
     * @param newestKnownAt where to begin with other clients when a leader is outdated
     * @return whether there is another consumer, which has nothing assigned
     */
    boolean renewConsumerIfOfNoUse(Collection<Follower> followers, Supplier<Optional<KafkaSettings>> newestKnownAt) {
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
        if (followers.stream().anyMatch(Follower::wasAnsweredByAnOutdatedLeader) && mayRenew()) {
            clients.renew(newestKnownAt.get());
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

package io.github.lateststate.kafka;

import io.github.lateststate.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks other brokers whether the leaders that partitions are read from still lead them. A leader that is cut off from
 * its peers does not learn that it was replaced, and answers as before. Two witnesses are enough: one of them for the
 * partitions that the other leads. Thread-safe. Nothing here blocks.
 */
final class Witnesses implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** How long a cluster of one broker is left alone. */
    private static final Duration PAUSE_WITHOUT_OTHERS = Duration.ofMinutes(1);

    private final Admin admin;
    private final KafkaSettings settings;
    private final Aside aside = new Aside();
    private final List<Witness> witnesses = new ArrayList<>();
    private Duration pause = PAUSE;
    private long nextChoice = System.nanoTime();
    private boolean closed;

    /**
     * Starts without a witness.
     *
     * @param admin knows the brokers
     */
    Witnesses(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Asks about topics.
     *
     * @param readFrom the leader that each partition of a topic is read from
     * @return the opinion of brokers that know another leader of a partition, if there are any
     */
    synchronized CompletableFuture<Optional<SecondOpinion>> ask(Map<Topic, Map<TopicPartition, Integer>> readFrom) {
        Map<Witness, Map<Topic, Map<TopicPartition, Integer>>> questions = new HashMap<>();
        readFrom.forEach((topic, leaders) -> {
            if (!topic.id().equals(Uuid.ZERO_UUID)) { // without a topic id, epochs prove nothing either
                leaders.forEach((partition, leader) -> witness(partition, leader)
                        .ifPresent(witness -> questions
                                .computeIfAbsent(witness, one -> new HashMap<>())
                                .computeIfAbsent(topic, one -> new HashMap<>())
                                .put(partition, leader)));
            }
        });
        CompletableFuture<Optional<SecondOpinion>> all = CompletableFuture.completedFuture(Optional.empty());
        for (Map.Entry<Witness, Map<Topic, Map<TopicPartition, Integer>>> question : questions.entrySet()) {
            all = all.thenCombine(
                    ask(question.getKey(), question.getValue()), (opinion, another) -> opinion.or(() -> another));
        }
        return all;
    }

    private Optional<Witness> witness(TopicPartition partition, int leader) {
        Optional<Witness> found =
                witnesses.stream().filter(witness -> !witness.isAt(leader)).findFirst();
        if (found.isEmpty() && System.nanoTime() - nextChoice >= 0) {
            pauseChoosing();
            Witness.brokers(admin, PATIENCE)
                    .thenAccept(brokers -> choose(brokers, leader, partition))
                    .exceptionally(noAnswer -> null);
        }
        return found;
    }

    private void pauseChoosing() {
        nextChoice = System.nanoTime() + pause.toNanos();
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    private synchronized void choose(List<Node> brokers, int leader, TopicPartition any) {
        List<Node> others = new ArrayList<>(brokers.stream()
                .filter(broker -> broker.id() != leader)
                .filter(broker -> witnesses.stream().noneMatch(witness -> witness.isAt(broker.id())))
                .toList());
        if (others.isEmpty()) {
            nextChoice = System.nanoTime() + PAUSE_WITHOUT_OTHERS.toNanos();
        } else if (!closed) {
            Collections.shuffle(others);
            witnesses.add(new Witness(others.get(0), settings, any, aside));
        }
    }

    private CompletableFuture<Optional<SecondOpinion>> ask(
            Witness witness, Map<Topic, Map<TopicPartition, Integer>> readFrom) {
        return witness.leaders(readFrom.keySet())
                .thenCompose(leaders -> {
                    answered();
                    Map<Topic, Set<Integer>> outdated = outdated(readFrom, leaders);
                    return outdated.isEmpty()
                            ? CompletableFuture.completedFuture(Optional.<SecondOpinion>empty())
                            : witness.brokers()
                                    .thenCompose(brokers -> SecondOpinion.ask(
                                            settings.at(without(outdated.values(), brokers)), outdated.keySet(), aside))
                                    .thenApply(Optional::of);
                })
                .exceptionally(thrown -> {
                    dismiss(witness, thrown);
                    return Optional.empty();
                });
    }

    private synchronized void answered() {
        pause = PAUSE;
    }

    private synchronized void dismiss(Witness witness, Throwable thrown) {
        logger.debug(
                "Another broker is to be asked for leaders: {}",
                PlainText.of(settings.redaction().of(String.valueOf(thrown))));
        witnesses.remove(witness);
        witness.close();
    }

    /**
     * The topics in which a partition has another leader than the one it is read from, each with those leaders that it
     * is read from.
     */
    private static Map<Topic, Set<Integer>> outdated(
            Map<Topic, Map<TopicPartition, Integer>> readFrom, Map<TopicPartition, Integer> leaders) {
        Map<Topic, Set<Integer>> outdated = new HashMap<>();
        readFrom.forEach((topic, from) -> {
            Set<Integer> replaced = from.entrySet().stream()
                    .filter(read -> !leaders.getOrDefault(read.getKey(), read.getValue())
                            .equals(read.getValue()))
                    .map(Map.Entry::getValue)
                    .collect(Collectors.toSet());
            if (!replaced.isEmpty()) {
                outdated.put(topic, replaced);
            }
        });
        return outdated;
    }

    private static List<Node> without(Collection<Set<Integer>> replaced, List<Node> brokers) {
        return brokers.stream()
                .filter(broker -> replaced.stream().noneMatch(leaders -> leaders.contains(broker.id())))
                .toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        witnesses.forEach(Witness::close);
        witnesses.clear();
    }
}

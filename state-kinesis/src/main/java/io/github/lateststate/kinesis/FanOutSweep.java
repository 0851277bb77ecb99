package io.github.lateststate.kinesis;

import io.github.lateststate.PlainText;
import io.github.lateststate.engine.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.model.Consumer;

/**
 * Looks at the consumers with the same prefix now and then, and removes leftovers: they count towards the quota and
 * cost money. The more consumers there are, the more instances look, and the less often each of them does.
 */
final class FanOutSweep {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final int CONSUMERS_PER_INTERVAL = 4;
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(500);

    private final KinesisSettings settings;
    private final ConsumerCalls calls;
    private final StreamContext context;
    private final Scope scope;
    private Leftovers leftovers;
    private String streamArn = "";

    FanOutSweep(StreamContext context, ConsumerCalls calls) {
        this.context = context;
        this.settings = context.settings();
        this.calls = calls;
        this.scope = context.newScope();
        this.leftovers = new Leftovers(settings.group());
    }

    /** Begins, and forgets what was seen of another stream. */
    void begin(String newStreamArn) {
        streamArn = newStreamArn;
        leftovers = new Leftovers(settings.group());
        scope.end();
        in(BETWEEN_CALLS, this::look);
    }

    private void look() {
        scope.then(calls.list(streamArn), this::listed, thrown -> notSwept(thrown, 0));
    }

    private void listed(List<Consumer> consumers) {
        Map<String, Consumer> others = consumers.stream()
                .filter(consumer -> leftovers.isOurs(consumer.consumerName()))
                .filter(consumer -> !consumer.consumerName().equals(settings.group()))
                .collect(Collectors.toMap(Consumer::consumerName, Function.identity()));
        askBeats(new ArrayDeque<>(others.values()), new HashMap<>(), others.size());
    }

    private void askBeats(Deque<Consumer> rest, Map<String, String> beats, int size) {
        Consumer next = rest.poll();
        if (next == null) {
            remove(new ArrayDeque<>(leftovers.look(beats)), size);
            return;
        }
        scope.then(
                calls.tags(next.consumerARN()),
                tags -> {
                    String beat = tags.get(FanOut.BEAT);
                    if (beat != null) { // without a beat, it is not known to be an instance of ours
                        beats.put(next.consumerName(), beat);
                    }
                    in(BETWEEN_CALLS, () -> askBeats(rest, beats, size));
                },
                thrown -> {
                    if (Trouble.of(thrown) == Trouble.NOT_FOUND) {
                        in(BETWEEN_CALLS, () -> askBeats(rest, beats, size));
                    } else {
                        notSwept(thrown, size);
                    }
                });
    }

    private void remove(Deque<String> left, int size) {
        String next = left.poll();
        if (next == null) {
            lookAgain(size);
            return;
        }
        scope.then(
                calls.deregister(streamArn, next),
                done -> {
                    logger.info("Removed the fan-out consumer {}, which an instance left behind", next);
                    in(BETWEEN_CALLS, () -> remove(left, size));
                },
                thrown -> in(BETWEEN_CALLS, () -> remove(left, size))); // another instance was faster
    }

    private void notSwept(Throwable thrown, int size) {
        logger.debug(
                "Did not look for fan-out consumers left behind at {}", settings.describe(), PlainText.trace(thrown));
        lookAgain(size);
    }

    private void lookAgain(int size) {
        Duration interval = FanOut.BEAT_EVERY.multipliedBy(Math.max(1, size / CONSUMERS_PER_INTERVAL));
        in(interval.plus(context.randomUpTo(interval)), this::look);
    }

    private void in(Duration delay, Runnable task) {
        scope.after(delay, task);
    }
}

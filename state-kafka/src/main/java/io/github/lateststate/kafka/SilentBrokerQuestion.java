package io.github.lateststate.kafka;

import io.github.lateststate.PlainText;
import io.github.lateststate.spi.StateSink;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports which brokers gave no answer when the topic was asked for. */
final class SilentBrokerQuestion {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);
    private static final Semaphore ASKING = new Semaphore(1);

    private final StateSink sink;
    private final StopSignal stop;

    SilentBrokerQuestion(StateSink sink, StopSignal stop) {
        this.sink = sink;
        this.stop = stop;
    }

    /** Takes up to two seconds. So only one at a time in this JVM does it: others may need the thread. */
    void report(Throwable noAnswer, KafkaSettings settings) {
        if (!stop.isSet() && SilentBrokers.isMissingAnswer(noAnswer) && ASKING.tryAcquire()) {
            try {
                Throwable named = SilentBrokers.named(Causes.of(noAnswer), settings);
                if (named instanceof SilentBrokers && !stop.isSet()) {
                    sink.interrupted(Explanations.of(named, settings));
                }
            } catch (RuntimeException e) { // it was only about the words
                logger.debug(
                        "Cannot say which broker is silent: {}",
                        PlainText.of(settings.redaction().of(e.toString())));
            } finally {
                ASKING.release();
            }
        }
    }
}

package io.github.lateststate.testing;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class InMemorySubscriberTest extends SubscriberContractTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @Override
    protected LatestStateSubscriber subscriber() {
        return broker;
    }

    @Override
    protected SubscriptionSettings emptyStream() {
        return new SubscriptionSettings("state", Map.of());
    }

    @Override
    protected void publish(SubscriptionSettings stream, byte @Nullable [] payload) {
        if (payload == null) {
            broker.pushTombstone();
        } else {
            broker.push(payload);
        }
    }

    @Override
    protected boolean publishUnreadable(SubscriptionSettings stream) {
        broker.pushUnreadable(new IOException("scripted damage"));
        return true;
    }

    @Override
    protected void beginOutage() {
        broker.interrupt(new IOException("the broker is away"));
    }

    @Override
    protected void endOutage() {
        broker.restore();
    }

    @Override
    protected boolean isOurThread(Thread thread) {
        return false; // it has no threads
    }
}

package io.github.lateststate.testing;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * The contract that every subscriber keeps, tested against its real broker: one nested class for each numbered rule in the
 * documentation of {@link io.github.lateststate.spi}. Extend it, say how to reach the broker, and what else your broker can
 * do; that is all.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class SubscriberContractTest extends SubscriberContract {

    /** For subclasses. */
    protected SubscriberContractTest() {}

    /** Rule 1: nothing twice, nothing backwards, no two calls at once. The sink watches for that in all other tests too. */
    @Nested
    class Rule1Order extends OrderRule {
        Rule1Order() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 2: newest first, until one is accepted. */
    @Nested
    class Rule2LookBack extends LookBackRule {
        Rule2LookBack() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 3: caught up once, and not before. That it is said only once the sink watches for in all other tests. */
    @Nested
    class Rule3CaughtUp extends CaughtUpRule {
        Rule3CaughtUp() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 4: what is written while a subscription starts is not missed. */
    @Nested
    class Rule4NoGap extends NoGapRule {
        Rule4NoGap() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 5: an outage is told within 15 s and survived. */
    @Nested
    class Rule5Outage extends OutageRule {
        Rule5Outage() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 6: close returns within 5 s; then there are no calls and no threads. */
    @Nested
    class Rule6Close extends CloseRule {
        Rule6Close() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 7: what is looked at does not grow with the log. */
    @Nested
    class Rule7Memory extends MemoryRule {
        Rule7Memory() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 2, for records that are not wanted: as if they were not there. */
    @Nested
    class Rule2PassedOver extends PassedOverRule {
        Rule2PassedOver() {
            super(SubscriberContractTest.this);
        }
    }

    /** What the documentation of the types says beside the rules. */
    @Nested
    class Interface extends InterfaceRule {
        Interface() {
            super(SubscriberContractTest.this);
        }
    }
}

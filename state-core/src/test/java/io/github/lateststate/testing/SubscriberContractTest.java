package io.github.lateststate.testing;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * The contract that every subscriber keeps, tested against its real broker. There is one nested class for each numbered
 * rule in the documentation of {@link io.github.lateststate.spi}. Extend this class and say how to reach the broker,
 * and what else your broker can do. You need no more.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class SubscriberContractTest extends SubscriberContract {

    /** For subclasses. */
    protected SubscriberContractTest() {}

    /** Rule 1: nothing twice, nothing backwards, no overlapping calls. The sink checks this in all other tests, too. */
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

    /** Rule 3: caught up once, and not before. In all other tests, the sink checks that it is reported only once. */
    @Nested
    class Rule3CaughtUp extends CaughtUpRule {
        Rule3CaughtUp() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 4: records that are written while a subscription starts are not missed. */
    @Nested
    class Rule4NoGap extends NoGapRule {
        Rule4NoGap() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 5: an outage is reported within 15 s and survived. */
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

    /** Rule 7: the number of records that are looked at does not grow with the log. */
    @Nested
    class Rule7Memory extends MemoryRule {
        Rule7Memory() {
            super(SubscriberContractTest.this);
        }
    }

    /** Rule 2, for unwanted records: they count as if they did not exist. */
    @Nested
    class Rule2PassedOver extends PassedOverRule {
        Rule2PassedOver() {
            super(SubscriberContractTest.this);
        }
    }

    /** What the documentation of the types promises besides the rules. */
    @Nested
    class Interface extends InterfaceRule {
        Interface() {
            super(SubscriberContractTest.this);
        }
    }
}

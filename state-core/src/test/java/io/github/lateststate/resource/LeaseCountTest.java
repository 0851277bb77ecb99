package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LeaseCountTest {

    enum Act {
        OPEN,
        CLOSE,
        RETIRE
    }

    @Property
    void aResourceIsDisposedOfOnceWhenItIsOutOfServiceWithoutLeases(@ForAll List<Act> acts) {
        LeaseCount count = new LeaseCount();
        boolean inService = true;
        int open = 0;
        for (Act act : acts) {
            if (act == Act.OPEN) {
                assertThat(count.tryLease()).isEqualTo(inService);
                open += inService ? 1 : 0;
            } else if (act == Act.CLOSE && open > 0) {
                open--;
                assertThat(count.endLease()).isEqualTo(!inService && open == 0);
            } else if (act == Act.RETIRE && inService) {
                inService = false;
                assertThat(count.retire()).isEqualTo(open == 0);
            }
            assertThat(count.open()).isEqualTo(open);
        }
    }

    @Example
    void aRetiredResourceIsNotLeasedAgainEvenIfItIsInUse() {
        LeaseCount count = new LeaseCount();
        assertThat(count.tryLease()).isTrue();
        assertThat(count.retire()).isFalse();
        assertThat(count.tryLease()).isFalse();
        assertThat(count.endLease()).isTrue();
        assertThat(count.tryLease()).isFalse();
    }
}

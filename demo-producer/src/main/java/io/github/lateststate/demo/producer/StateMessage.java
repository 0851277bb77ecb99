package io.github.lateststate.demo.producer;

import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** One message as the demo server expects it. */
record StateMessage(int id, int state) {

    static StateMessage random(RandomGenerator random, OptionalInt chosenState) {
        return new StateMessage(random.nextInt(1, 10_001), chosenState.orElseGet(() -> random.nextInt(1, 101)));
    }

    String json() {
        return "{\"message_id\":\"" + id + "\",\"text\":\"some text\",\"state\":" + state + "}";
    }
}

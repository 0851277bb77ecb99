package consumer;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import java.nio.charset.StandardCharsets;

/** A service's one piece of state, as the README shows it. */
final class Prices {

    private static final Decoder<Integer> DECODER =
            (payload, origin) -> Integer.valueOf(new String(payload, StandardCharsets.UTF_8));

    private Prices() {}

    static LatestStateBuilder<Integer> described() {
        return LatestState.builder(DECODER).stream("prices");
    }
}

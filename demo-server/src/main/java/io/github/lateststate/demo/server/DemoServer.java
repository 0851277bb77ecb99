package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.DefaultBroker;
import io.github.lateststate.demo.web.HttpAddress;
import io.github.lateststate.demo.web.Lifecycle;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: a state, the web API in front of it, and, where no stream is named, a broker behind it. */
final class DemoServer {

    private static final Logger LOG = LoggerFactory.getLogger(DemoServer.class);

    private final Map<String, String> env;

    DemoServer(Map<String, String> env) {
        this.env = env;
    }

    public static void main(String[] args) {
        Lifecycle.run(new DemoServer(System.getenv())::start);
    }

    /** Returns when the API can be used; the state comes when it comes. */
    void start(Lifecycle life) {
        HttpAddress address = HttpAddress.of(env);
        address.requireFree();
        Map<String, String> stream =
                DefaultBroker.unlessNamedIn(env, life, "state", "java -jar demo-producer/target/demo-producer-*.jar");
        if (life.isEnding()) {
            return;
        }
        LatestState<StateMessage> state = life.opened(LatestState.builder(StateMessage.decoder())
                .environment(stream)
                .initial(StateMessage.INITIAL)
                .open());
        Javalin http = WebApi.of(state, InstantSource.system());
        life.opened(http::stop);
        try {
            http.start(address.host(), address.port());
        } catch (JavalinException e) {
            throw address.notUsable(e);
        }
        LOG.info("The state is at http://{}:{}/state", address.host(), http.port());
    }
}

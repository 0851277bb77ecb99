package io.github.lateststate.spring.restarted;

import io.github.lateststate.LatestState;
import io.github.lateststate.spring.LatestStateChangedEvent;
import io.github.lateststate.spring.LatestStates;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** Restarts itself once, as DevTools does when a class has changed, unless an option forbids it. Each start prints the value of its state. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RestartedApplication {

    /** What each line begins with. */
    public static final String PREFIX = "started with ";

    /** The classes of the application, as resources. */
    public static final List<String> FILES = List.of(
            "io/github/lateststate/spring/restarted/RestartedApplication.class",
            "io/github/lateststate/spring/restarted/RestartedApplication$ModelRef.class");

    private static final String RESTARTED = "restarted";

    private final BlockingQueue<ModelRef> events = new LinkedBlockingQueue<>();

    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(RestartedApplication.class, args);
    }

    @Bean
    LatestState<ModelRef> model(LatestStates states) {
        return states.json("model", ModelRef.class);
    }

    @EventListener
    void onModel(LatestStateChangedEvent<ModelRef> event) {
        event.current().value().ifPresent(events::add);
    }

    @EventListener
    void onReady(ApplicationReadyEvent event) throws InterruptedException {
        ModelRef model = events.take();
        System.out.println(PREFIX + model.name() + " " + model.version() + " by "
                + model.getClass().getClassLoader().getClass().getSimpleName());
        boolean restarts =
                event.getApplicationContext().getEnvironment().getProperty("application.restarts", Boolean.class, true);
        if (restarts && System.setProperty(RESTARTED, "once") == null) {
            new Thread(() -> Restarter.getInstance().restart(), RESTARTED).start();
        } else {
            System.exit(SpringApplication.exit(event.getApplicationContext()));
        }
    }

    record ModelRef(String name, int version) {}
}

package io.github.lateststate.cdi;

import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.spi.LatestStateSubscriber;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Opens the states when the container starts, waits for them, and closes them when it stops. */
@ApplicationScoped
class StatesLifecycle {

    private final List<LatestResource<?, ?>> resources = new ArrayList<>();
    private @Nullable LatestStates opener;

    @Produces
    @Singleton
    LatestStates latestStates(@Any Instance<LatestStateSubscriber> subscribers) {
        return new LatestStates(ConfigProvider.getConfig(), subscribers);
    }

    /** Runs before the application's own observers, which may use the states. */
    void start(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup startup,
            @Any Instance<LatestState<?>> states,
            @Any Instance<LatestResource<?, ?>> resources,
            LatestStates opener) {
        this.opener = opener;
        try {
            states.forEach(LatestState::status); // a call, because a proxy creates its bean only then
            resources.forEach(resource -> {
                resource.status();
                this.resources.add(resource);
            });
            awaitReady(opener.opened());
        } catch (RuntimeException e) { // a container that does not start does not stop either
            close();
            throw e;
        }
    }

    /** Runs after the application's observers of the shutdown, which may still use the states. */
    @PreDestroy
    void close() {
        resources.forEach(LatestResource::close);
        if (opener != null) {
            opener.close();
        }
    }

    private static void awaitReady(List<LatestStates.Opened> opened) {
        for (LatestStates.Opened one : opened) {
            if (!one.awaitReady().isZero()) {
                one.state().awaitReady(one.awaitReady());
            }
        }
    }
}

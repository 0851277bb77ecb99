package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.ResourceStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Reports the states and resources that are beans. It shows no value and no setting. */
@Endpoint(id = LatestStateEndpoint.ID)
final class LatestStateEndpoint {

    static final String ID = "latestState";

    private final StateBeans beans;

    LatestStateEndpoint(StateBeans beans) {
        this.beans = beans;
    }

    @ReadOperation
    Map<String, Object> report() {
        Map<String, Object> states = new LinkedHashMap<>();
        beans.states().forEach((name, state) -> states.put(name, state(state)));
        Map<String, Object> resources = new LinkedHashMap<>();
        beans.resources().forEach((name, resource) -> resources.put(name, resource(resource)));
        return Map.of("states", states, "resources", resources);
    }

    private static Map<String, Object> state(LatestState<?> state) {
        Map<String, Object> report = StatusReport.of(state, state.status());
        report.put("source", state.current().source().name());
        state.current().origin().ifPresent(origin -> report.put("origin", origin.toString()));
        return report;
    }

    private static Map<String, Object> resource(LatestResource<?, ?> resource) {
        ResourceStatus<?> status = resource.status();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("phase", status.phase().name());
        report.put("since", status.since().toString());
        status.serving()
                .flatMap(current -> current.origin())
                .ifPresent(origin -> report.put("serving", origin.toString()));
        status.servingSince().ifPresent(since -> report.put("servingSince", since.toString()));
        report.put("loads", status.loads());
        report.put("loadFailures", status.loadFailures());
        status.lastFailure().ifPresent(failure -> report.put("lastFailure", StatusReport.described(failure.cause())));
        report.put("leasesOpen", status.leasesOpen());
        report.put("stream", resource.stream());
        return report;
    }
}

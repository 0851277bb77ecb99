package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.github.lateststate.metrics.LatestStateMetrics;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** Answers Prometheus with the state's meters and the basics of the JVM. */
final class MetricsResource implements Handler {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TEXT = OPEN_METRICS + "; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    MetricsResource(LatestState<?> state) {
        List.<MeterBinder>of(
                        new LatestStateMetrics(state),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    @Override
    public void handle(Context ctx) {
        String accept = ctx.header(Header.ACCEPT);
        String type = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_TEXT : TEXT;
        ctx.header(Header.CACHE_CONTROL, "no-store");
        ctx.header(Header.VARY, Header.ACCEPT + ", " + Header.ACCEPT_ENCODING);
        ctx.contentType(type).result(registry.scrape(type));
    }
}

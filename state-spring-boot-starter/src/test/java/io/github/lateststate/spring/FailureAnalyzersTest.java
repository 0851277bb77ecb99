package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.testing.InMemorySubscriber;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** On the class path of these tests are state-kafka and state-kinesis. */
class FailureAnalyzersTest {

    private final ApplicationContextRunner application =
            Contexts.plain().withUserConfiguration(Contexts.ModelBean.class);

    @Test
    void noSubscriberOnTheClassPathSaysWhatToAdd() {
        FailureAnalysis analysis = analysisOf(application
                .withClassLoader(new FilteredClassLoader(
                        new ClassPathResource("META-INF/services/" + LatestStateSubscriber.class.getName())))
                .withPropertyValues("latest-state.states.model.stream=models"));
        assertThat(analysis.getDescription()).contains("'model'", "no subscriber");
        assertThat(analysis.getAction()).contains("io.github.lateststate:state-kafka");
    }

    @Test
    void twoSubscribersOnTheClassPathSayWhichPropertyChooses() {
        FailureAnalysis analysis =
                analysisOf(application.withPropertyValues("latest-state.states.model.stream=models"));
        assertThat(analysis.getDescription()).contains("kafka", "kinesis");
        assertThat(analysis.getAction()).contains("latest-state.states.model.subscriber");
    }

    @Test
    void aSubscriberThatIsNotThereSaysSo() {
        FailureAnalysis analysis = analysisOf(application.withPropertyValues(
                "latest-state.states.model.stream=models", "latest-state.states.model.subscriber=pulsar"));
        assertThat(analysis.getDescription()).contains("'pulsar'");
        assertThat(analysis.getAction()).contains("latest-state.states.model.subscriber");
    }

    @Test
    void aRefusedSettingNamesTheProperty() {
        FailureAnalysis analysis = analysisOf(application.withPropertyValues(
                "latest-state.states.model.stream=models",
                "latest-state.states.model.subscriber=kafka",
                "latest-state.states.model.settings.bootstrap.servers=localhost:9092",
                "latest-state.states.model.settings.group.id=mine"));
        assertThat(analysis.getDescription()).contains("group.id").doesNotContain("mine");
        assertThat(analysis.getAction()).contains("latest-state.states.model.settings.group.id");
    }

    @Test
    void missingBrokersNameBothProperties() {
        FailureAnalysis analysis = analysisOf(application.withPropertyValues(
                "latest-state.states.model.stream=models", "latest-state.states.model.subscriber=kafka"));
        assertThat(analysis.getAction())
                .contains(
                        "spring.kafka.bootstrap-servers",
                        "latest-state.states.model.settings.bootstrap.servers",
                        "spring-boot-starter-kafka");
    }

    @Test
    void aStreamThatIsMissingAndAStateThatIsNotConfiguredNameTheProperty() {
        assertThat(analysisOf(application.withPropertyValues("latest-state.states.model.subscriber=kafka"))
                        .getAction())
                .contains("Set latest-state.states.model.stream");
        assertThat(analysisOf(application).getAction()).contains("Add latest-state.states.model.stream");
    }

    @Test
    void aTimeOutSaysWhatTheStartWaitedFor() {
        InMemorySubscriber broker = new InMemorySubscriber();
        broker.interrupt(new IllegalStateException("connection refused"));
        FailureAnalysis analysis =
                analysisOf(Contexts.inMemory(broker).withPropertyValues("latest-state.states.model.await-ready=10ms"));
        assertThat(analysis.getDescription())
                .contains(
                        "'model'",
                        "PT0.01S",
                        "latest-state.states.model.await-ready",
                        "'models'",
                        "waiting for the end",
                        "connection refused");
        assertThat(analysis.getAction()).contains("await-ready");
    }

    /** By the analyzers that Spring Boot itself would ask. */
    static FailureAnalysis analysisOf(ApplicationContextRunner application) {
        AtomicReference<@Nullable FailureAnalysis> found = new AtomicReference<>();
        application.run(context -> {
            assertThat(context).hasFailed();
            Throwable failure = Objects.requireNonNull(context.getStartupFailure());
            List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                    .load(FailureAnalyzer.class, (type, name, e) -> {});
            found.set(analyzers.stream()
                    .map(analyzer -> analyzer.analyze(failure))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow());
        });
        return Objects.requireNonNull(found.get());
    }
}

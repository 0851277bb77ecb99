package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.InMemorySubscriber;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HealthTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final ApplicationContextRunner application = withHealth(Contexts.inMemory(broker));

    @Test
    void aStateThatIsNotReadyIsOutOfService() {
        broker.interrupt(new IllegalStateException("away"));
        application.run(context -> assertThat(health(context)).isEqualTo(Status.OUT_OF_SERVICE));
    }

    @Test
    void aBrokerThatIsSilentForLongerThanAllowedIsDown() {
        application
                .withPropertyValues("latest-state.health.max-silence=0ms")
                .run(context -> assertThat(health(context)).isEqualTo(Status.DOWN));
        application.run(context -> assertThat(health(context)).isEqualTo(Status.UP));
    }

    @Test
    void theReadinessGroupHasTheStates() {
        application.run(context -> {
            HealthEndpointGroups groups = context.getBean(HealthEndpointGroups.class);
            var readiness = Objects.requireNonNull(groups.get("readiness"));
            assertThat(readiness.isMember("latestState/model")).isTrue();
            assertThat(readiness.isMember("readinessState")).isTrue();
            assertThat(readiness.isMember("db")).isFalse();
            assertThat(Objects.requireNonNull(groups.get("liveness")).isMember("latestState/model"))
                    .isFalse();
        });
    }

    @Test
    void aStateOfALaterAutoConfigurationHasHealthAndIsInTheReadinessGroup() {
        withHealth(Contexts.inMemoryLater(broker)).run(context -> {
            assertThat(health(context)).isEqualTo(Status.UP);
            assertThat(Objects.requireNonNull(
                                    context.getBean(HealthEndpointGroups.class).get("readiness"))
                            .isMember("latestState/model"))
                    .isTrue();
        });
    }

    @Test
    void withoutAStateNothingIsShown() {
        withHealth(Contexts.plain())
                .run(context -> assertThat(context.getBean(HealthEndpoint.class).healthForPath("latestState"))
                        .isNull());
    }

    @Test
    void aReadinessGroupThatIsConfiguredStaysAsItIs() {
        application
                .withPropertyValues("management.endpoint.health.group.readiness.include[0]=readinessState")
                .run(context -> assertThat(Objects.requireNonNull(context.getBean(HealthEndpointGroups.class)
                                        .get("readiness"))
                                .isMember("latestState/model"))
                        .isFalse());
    }

    @Test
    void itCanBeSwitchedOff() {
        application
                .withPropertyValues("management.health.latest-state.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(StatesHealth.class));
    }

    private static ApplicationContextRunner withHealth(ApplicationContextRunner application) {
        return application
                .withConfiguration(AutoConfigurations.of(
                        ApplicationAvailabilityAutoConfiguration.class,
                        HealthContributorAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        AvailabilityProbesAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoint.health.probes.enabled=true");
    }

    private static Status health(AssertableApplicationContext context) {
        HealthIndicator model = (HealthIndicator)
                Objects.requireNonNull(context.getBean(StatesHealth.class).getContributor("model"));
        return Objects.requireNonNull(model.health()).getStatus();
    }
}

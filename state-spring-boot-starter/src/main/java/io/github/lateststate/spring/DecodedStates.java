package io.github.lateststate.spring;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Makes a bean of each state that is configured and that has a Decoder bean: one with the state's name as its qualifier, or with the
 * bean name {@code <state>Decoder}. A bean of the application that has the state's name wins.
 *
 * <p>This runs once all configuration classes are read, so it finds the beans of every auto-configuration, in any order. Conditions
 * are decided before, and do not see these states.
 */
final class DecodedStates implements BeanDefinitionRegistryPostProcessor, BeanRegistrationAotProcessor {

    private final Environment environment;
    private final ConfigurableListableBeanFactory beans;

    DecodedStates(Environment environment, ConfigurableListableBeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        List<String> decoders = List.of(beans.getBeanNamesForType(Decoder.class, true, false));
        for (String state : configured()) {
            if (!registry.containsBeanDefinition(state)) {
                decoders.stream()
                        .filter(decoder -> isFor(state, decoder))
                        .findFirst()
                        .ifPresent(decoder -> registry.registerBeanDefinition(state, definition(state, decoder)));
            }
        }
    }

    /** Has nothing to add. It is a processor because Spring leaves those out of what it generates, and the states are decided by then. */
    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        return null;
    }

    private Set<String> configured() {
        return Binder.get(environment)
                .bind("latest-state.states", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet();
    }

    private boolean isFor(String state, String decoder) {
        return decoder.equals(state + "Decoder")
                || BeanFactoryAnnotationUtils.isQualifierMatch(state::equals, decoder, beans);
    }

    private RootBeanDefinition definition(String state, String decoder) {
        ResolvableType value = beans.getMergedBeanDefinition(decoder)
                .getResolvableType()
                .as(Decoder.class)
                .getGeneric();
        RootBeanDefinition definition = new RootBeanDefinition();
        definition.setTargetType(ResolvableType.forClassWithGenerics(LatestState.class, value));
        definition.setFactoryBeanName(LatestStateAutoConfiguration.STATES);
        definition.setFactoryMethodName("open");
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, state);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(1, new RuntimeBeanReference(decoder));
        return definition;
    }
}

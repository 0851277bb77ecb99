package io.github.lateststate.spring;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Makes a bean of each state that is configured and that has a Decoder bean: one with the state's name as its qualifier, or with the
 * bean name {@code <state>Decoder}. A bean of the application that has the state's name wins.
 */
final class DecodedStates implements ImportBeanDefinitionRegistrar {

    private final Environment environment;
    private final ConfigurableListableBeanFactory beans;

    DecodedStates(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = (ConfigurableListableBeanFactory) beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
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

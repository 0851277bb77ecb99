package io.github.lateststate.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.docs.JavaSource.Kind;
import io.github.lateststate.docs.Surroundings.ModelRef;
import io.github.lateststate.resource.LatestResource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;

/** The bean methods and listeners of the page on Spring Boot, with the page's configuration, are one application that starts. */
class SpringBootPageTest {

    private static final String PAGE = "docs/spring-boot.md";

    @TempDir
    Path folder;

    @Test
    void theApplicationOnThePageStarts() throws Exception {
        List<Snippet> members = of("java").stream()
                .filter(snippet -> JavaSource.of(snippet, snippet.code()).kind() == Kind.MEMBERS)
                .toList();
        assertThat(members).hasSizeGreaterThan(2);
        String code = members.stream().map(Snippet::code).collect(Collectors.joining("\n"));
        JavaSource source = JavaSource.of(members.get(0), code);
        assertThat(JavaCompiler.compile(source, folder)).isEmpty();

        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()});
                ConfigurableApplicationContext context = new SpringApplicationBuilder(
                                loader.loadClass(source.type()), Application.class)
                        .properties(configuration())
                        .run()) {
            assertThat(context.getBean(LatestState.class).get()).isInstanceOf(ModelRef.class);
            assertThat(context.getBean(LatestResource.class)).isNotNull();
        }
    }

    private static Properties configuration() throws IOException {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(of("yaml").stream()
                .map(snippet -> new ByteArrayResource(snippet.code().getBytes(StandardCharsets.UTF_8)))
                .toArray(ByteArrayResource[]::new));
        Properties properties = new Properties();
        requireNonNull(yaml.getObject())
                .forEach((name, value) -> properties.setProperty(name.toString(), value.toString()));
        properties.setProperty("latest-state.states.model.subscriber", "kafka");
        properties.setProperty("latest-state.states.model.settings.bootstrap.servers", Broker.address());
        return properties;
    }

    private static List<Snippet> of(String language) throws IOException {
        return Pages.snippets(language).stream()
                .filter(snippet -> snippet.page().equals(PAGE))
                .toList();
    }

    /** The class around the snippets has no annotations of its own. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}

package io.github.lateststate.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.docs.JavaSource.Kind;
import io.github.lateststate.docs.Surroundings.ModelRef;
import io.github.lateststate.resource.LatestResource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;

/** The bean methods and listeners of the page on Spring Boot are one application, which starts and passes the page's test. */
class SpringBootPageTest {

    private static final String PAGE = "docs/spring-boot.md";

    @TempDir
    Path folder;

    @Test
    void theApplicationOnThePageStarts() throws Exception {
        String application = compileApplication();

        try (URLClassLoader loader = JavaCompiler.loader(folder);
                ConfigurableApplicationContext context = new SpringApplicationBuilder(loader.loadClass(application))
                        .properties(configuration())
                        .run()) {
            assertThat(context.getBean(LatestState.class).get()).isInstanceOf(ModelRef.class);
            assertThat(context.getBean(LatestResource.class)).isNotNull();
        }
    }

    @Test
    void theTestOnThePagePasses() throws Exception {
        String itsApplication = "@SpringBootTest(classes = " + compileApplication() + ".class)\n@DirtiesContext\n";
        Snippet test = only(Kind.CLASS).get(0);
        String code = "import org.springframework.test.annotation.DirtiesContext;\n"
                + test.code().replace("@SpringBootTest\n", itsApplication);
        JavaSource source = JavaSource.of(test, code);
        assertThat(JavaCompiler.compile(source, folder)).isEmpty();
        try (OutputStream properties = Files.newOutputStream(folder.resolve("application.properties"))) {
            configuration().store(properties, null);
        }
        SummaryGeneratingListener listener = new SummaryGeneratingListener();

        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = JavaCompiler.loader(folder)) {
            Thread.currentThread().setContextClassLoader(loader);
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(loader.loadClass(source.type())))
                                    .build(),
                            listener);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        assertThat(listener.getSummary().getFailures())
                .extracting(Failure::getException)
                .isEmpty();
        assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
    }

    /** Returns the name of the class, which has no annotations of its own on the page. */
    private String compileApplication() throws IOException {
        List<Snippet> members = only(Kind.MEMBERS);
        assertThat(members).hasSizeGreaterThan(2);
        String code = members.stream().map(Snippet::code).collect(Collectors.joining("\n"));
        JavaSource source = JavaSource.of(members.get(0), code);
        String annotated = source.code()
                .replace("public class ", "@" + EnableAutoConfiguration.class.getName() + "\npublic class ");
        assertThat(JavaCompiler.compile(new JavaSource(source.kind(), source.type(), annotated), folder))
                .isEmpty();
        return source.type();
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

    private static List<Snippet> only(Kind kind) throws IOException {
        return of("java").stream()
                .filter(snippet -> JavaSource.of(snippet, snippet.code()).kind() == kind)
                .toList();
    }
}

package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscribersTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path dir;

    /** Follows nothing. A variable like {@code FIRST_STREAM} chooses it. */
    private static class Fake implements LatestStateSubscriber {

        private final String name;
        private final String variable;

        Fake(String name, String variable) {
            this.name = name;
            this.variable = variable;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> streamIn(Map<String, String> env) {
            return Optional.ofNullable(env.get(variable));
        }

        @Override
        public Map<String, String> settingsIn(Map<String, String> env) {
            return Map.of("from", variable);
        }

        @Override
        public Subscription subscribe(SubscriptionSettings settings, StateSink sink) {
            throw new InvalidSettingException("any", "refused by " + name + ": " + settings);
        }
    }

    public static final class First extends Fake {
        public First() {
            super("first", "FIRST_STREAM");
        }
    }

    public static final class Second extends Fake {
        public Second() {
            super("second", "SECOND_STREAM");
        }
    }

    public static final class Namesake extends Fake {
        public Namesake() {
            super("first", "OTHER_STREAM");
        }
    }

    public static final class ThrowsOnCreation extends Fake {
        public ThrowsOnCreation() {
            super("throws", "NONE");
            throw new IllegalStateException("cannot be made");
        }
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void aSubscriberIsFoundByItsName() throws IOException {
        provide(First.class, Second.class);
        assertThat(Subscribers.onClassPath().named("second").name()).isEqualTo("second");
        assertThatThrownBy(() -> builder().subscriber("second").stream("s").open())
                .hasMessageContaining("refused by second");
    }

    @Test
    void aClassLoaderIsSearchedOnce() throws IOException {
        provide(First.class);
        Subscribers found = Subscribers.onClassPath();
        assertThat(Subscribers.onClassPath()).isSameAs(found);
        Thread.currentThread().setContextClassLoader(before);
        assertThat(Subscribers.onClassPath()).isNotSameAs(found);
    }

    @Test
    void anUnknownNameIsAnErrorThatNamesTheCandidates() throws IOException {
        provide(First.class, Second.class);
        assertThatThrownBy(() -> builder().subscriber("third"))
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll("'third'", "first, second");
    }

    @Test
    void theMessageNamesTheArtifactOfAMissingSubscriberOfTheLibrary() {
        assertThatThrownBy(() -> builder().subscriber("kafka"))
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll("'kafka'", "none", "io.github.lateststate:state-kafka")
                .hasMessageContaining("io.github.lateststate:state-kinesis");
    }

    @Test
    void anArtifactOnTheClassPathIsNotRecommended() {
        Subscribers subscribers = Subscribers.of(List.of(new Fake("kafka", "KAFKA_TOPIC")), "here");
        assertThatThrownBy(() -> subscribers.named("pulsar"))
                .hasMessageContaining("Found here: kafka; ")
                .hasMessageNotContaining("state-kafka");
    }

    @Test
    void twoSubscribersWithOneNameAreAnErrorThatNamesBothClasses() throws IOException {
        provide(First.class, Namesake.class);
        assertThatThrownBy(() -> builder().subscriber("first"))
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll("'first'", First.class.getName(), Namesake.class.getName(), "class path");
    }

    @Test
    void aProviderThatDoesNotExistIsAnErrorThatNamesIt() throws IOException {
        provide("com.example.Gone");
        assertThatThrownBy(() -> builder().subscriber("first"))
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContaining("com.example.Gone")
                .hasCauseInstanceOf(ServiceConfigurationError.class);
    }

    @Test
    void aProviderThatThrowsIsAnErrorEvenIfAnotherOneWasAskedFor() throws IOException {
        provide(First.class, ThrowsOnCreation.class);
        assertThatThrownBy(() -> builder().subscriber("first"))
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll(ThrowsOnCreation.class.getName(), "[first]")
                .hasRootCauseMessage("cannot be made");
    }

    @Test
    void aProviderWhoseLibraryIsMissingIsAnErrorThatNamesWhatIsMissing() throws IOException {
        write(dir, First.class.getName());
        URL[] services = {dir.toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new WithoutFake(services, before));
        assertThatThrownBy(() -> builder().subscriber("first"))
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContaining("SubscribersTest$Fake")
                .hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void anEnvironmentThatNamesOneStreamChoosesItsSubscriber() throws IOException {
        provide(First.class, Second.class);
        Map<String, String> env = Map.of("SECOND_STREAM", "orders");
        assertThat(LatestState.isConfigured(env)).isTrue();
        assertThatThrownBy(() -> builder().environment(env).open())
                .hasMessageContainingAll("refused by second", "stream orders", "[from]");
    }

    @Test
    void anEnvironmentThatNamesNoStreamIsAnErrorThatSaysWhatToSet() throws IOException {
        provide(First.class);
        assertThat(LatestState.isConfigured(Map.of())).isFalse();
        assertThatThrownBy(() -> builder().environment(Map.of("PATH", "x")).open())
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll(
                        "KAFKA_TOPIC", "KINESIS_STREAM", "context class loader", "the library's own", ": first");
    }

    @Test
    void anEnvironmentThatNamesTwoStreamsIsAnErrorThatNamesBoth() throws IOException {
        provide(First.class, Second.class);
        Map<String, String> env = Map.of("FIRST_STREAM", "models", "SECOND_STREAM", "orders");
        assertThat(LatestState.isConfigured(env)).isTrue();
        assertThatThrownBy(() -> builder().environment(env).open())
                .isInstanceOf(SubscriberNotFoundException.class)
                .hasMessageContainingAll("first 'models'", "second 'orders'", "Choose one");
    }

    @Test
    void aSubscriberThatIsChosenAfterTheEnvironmentDecides() throws IOException {
        provide(First.class, Second.class);
        Map<String, String> env = Map.of("FIRST_STREAM", "models", "SECOND_STREAM", "orders");
        assertThatThrownBy(() -> builder().environment(env).subscriber("second").open())
                .hasMessageContainingAll("refused by second", "stream orders");
    }

    private static LatestStateBuilder<String> builder() {
        return LatestState.builder(ManualSubscriber.TEXT);
    }

    private void provide(Class<?>... providers) throws IOException {
        provide(List.of(providers).stream().map(Class::getName).toArray(String[]::new));
    }

    private void provide(String... providers) throws IOException {
        write(dir, providers);
        URL[] services = {dir.toUri().toURL()};
        Thread.currentThread().setContextClassLoader(new URLClassLoader(services, before));
    }

    static void write(Path dir, String... providers) throws IOException {
        Path services = Files.createDirectories(dir.resolve("META-INF/services"));
        Files.writeString(services.resolve(LatestStateSubscriber.class.getName()), String.join("\n", providers));
    }

    /** Loads the providers itself, and finds no {@link Fake}, like a broker module without its client. */
    private static final class WithoutFake extends URLClassLoader {

        WithoutFake(URL[] urls, ClassLoader parent) {
            super(urls, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Fake.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            if (!name.equals(First.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}

package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service whose classes, including Kafka's, are in another class loader than the context class loader: a thread of
 * the common pool in a fat jar.
 */
class FatJarTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aStateCanBeOpenedOnAThreadOfTheCommonPool(String sharing) throws Exception {
        String topic = broker.clients().topic();
        broker.clients().publish(topic, "found");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader fatJar = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            var found = fatJar.loadClass(Opens.class.getName())
                    .getDeclaredMethod("found", String.class, String.class, String.class);
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            assertThat(found.invoke(null, broker.bootstrapServers(), topic, sharing))
                    .isEqualTo("found");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(FatJarTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs in another class loader. */
    public static final class Opens {

        private Opens() {}

        public static String found(String servers, String topic, String sharing) {
            try (LatestState<String> state = States.following(topic, servers)
                    .setting("state.share.clients", sharing)
                    .open()) {
                state.awaitReady(Duration.ofMinutes(1));
                return state.get();
            }
        }
    }
}

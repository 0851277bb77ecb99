package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WithoutOptionalPartsTest {

    /** A service on a class path without Jackson and Micrometer. */
    public static final class Service implements Callable<String> {
        @Override
        public String call() {
            InMemorySubscriber broker = new InMemorySubscriber();
            broker.push("a");
            try (LatestState<String> state = LatestState.<String>builder(
                            (payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                    .subscriber(broker)
                    .stream("models")
                    .open()) {
                return state.get();
            }
        }
    }

    @Test
    void theLibraryWorksOnAClassPathWithoutOptionalParts() throws Exception {
        URL[] classPath = Stream.of(
                        LatestState.class,
                        Service.class,
                        LoggerFactory.class,
                        NullMarked.class,
                        ch.qos.logback.classic.Logger.class,
                        ch.qos.logback.core.Appender.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            for (Class<?> optional : List.of(ObjectMapper.class, MeterRegistry.class)) {
                assertThatThrownBy(() -> loader.loadClass(optional.getName()))
                        .isInstanceOf(ClassNotFoundException.class);
            }
            Class<?> service = loader.loadClass(Service.class.getName());
            Callable<?> call = (Callable<?>) service.getDeclaredConstructor().newInstance();
            assertThat(call.call()).isEqualTo("a");
        }
    }
}

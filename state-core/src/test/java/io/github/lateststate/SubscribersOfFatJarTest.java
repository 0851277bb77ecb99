package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library and a subscriber are in another class loader than the context class loader, as in a fat jar. */
class SubscribersOfFatJarTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path dir;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** A thread of the common pool has the system class loader, which does not see into a fat jar. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "platform", "system", "common pool"})
    void theLibrarysClassLoaderIsAskedIfTheContextClassLoaderFindsNone(String context) throws Exception {
        SubscribersTest.write(dir, SubscribersTest.First.class.getName());
        try (URLClassLoader fatJar = new FatJar(dir)) {
            Method names = fatJar.loadClass(NamesFound.class.getName()).getDeclaredMethod("names");
            if (context.equals("common pool")) {
                Thread.currentThread().setContextClassLoader(fatJar);
                assertThat(inCommonPool(names)).isEqualTo("first");
            } else {
                Thread.currentThread().setContextClassLoader(loader(context));
                assertThat(names.invoke(null)).isEqualTo("first");
            }
        }
    }

    private static @Nullable ClassLoader loader(String name) {
        return switch (name) {
            case "platform" -> ClassLoader.getPlatformClassLoader();
            case "system" -> ClassLoader.getSystemClassLoader();
            default -> null;
        };
    }

    private static Object inCommonPool(Method names) {
        Callable<Object> find = () -> {
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());
            return names.invoke(null);
        };
        CompletableFuture<Object> found = new CompletableFuture<>();
        ForkJoinPool.commonPool().execute(() -> {
            try {
                found.complete(find.call());
            } catch (Throwable e) {
                found.completeExceptionally(e);
            }
        });
        return found.join();
    }

    /** Runs in another class loader. */
    public static final class NamesFound {

        private NamesFound() {}

        public static String names() {
            return Subscribers.onClassPath().named("first").name();
        }
    }
}

package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.docs.JavaSource.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class of the page on hot swap serves what a message names, until its thread is interrupted. */
class HotSwapPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void itLoadsWhatTheMessageNamesAndServesIt() throws Exception {
        byte[] model = "a model of 19 bytes".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("model"), model);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
        Broker.publish(
                "swapped", "{\"version\":\"1\",\"uri\":\"%s\",\"sha256\":\"%s\"}".formatted(file.toUri(), sha256));
        Snippet snippet = Pages.declaring("HotSwap");
        JavaSource source = JavaSource.of(snippet, Broker.in(snippet.code()).replace("\"models\"", "\"swapped\""));
        assertThat(source.kind()).isEqualTo(Kind.CLASS);
        assertThat(JavaCompiler.compile(source, folder)).isEmpty();

        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = JavaCompiler.loader(folder)) {
            FutureTask<Object> running = new FutureTask<>(() -> run(loader.loadClass(source.type())));
            Thread thread = new Thread(running, "hot-swap-page");
            thread.start();
            await().atMost(PATIENCE)
                    .until(() -> running.isDone()
                            || printed.toString(StandardCharsets.UTF_8).contains("input, 19 bytes"));
            assertThat(running).isNotDone();
            thread.interrupt();
            thread.join(PATIENCE.toMillis());
            assertThat(thread.isAlive()).isFalse();
        } finally {
            System.setOut(before);
        }
    }

    private static Object run(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        Method run = type.getDeclaredMethod("run");
        constructor.setAccessible(true); // not public, as in a reader's code
        run.setAccessible(true);
        return run.invoke(constructor.newInstance());
    }
}

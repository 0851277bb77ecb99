package io.github.lateststate.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.lateststate.FatJar;
import io.github.lateststate.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Jackson modules a decoder knows. */
class JsonModulesTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path services;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** A thread of the common pool has the system class loader, which does not see into a fat jar. */
    @Test
    void theLibrarysClassLoaderIsAskedIfTheContextClassLoaderFindsNone() throws Exception {
        Path names = services.resolve("META-INF/services/com.fasterxml.jackson.databind.Module");
        Files.createDirectories(names.getParent());
        Files.writeString(names, PriceModule.class.getName());
        try (FatJar fatJar = new FatJar(services)) {
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            assertThat(fatJar.loadClass(DecodesAPrice.class.getName())
                            .getDeclaredMethod("cents", String.class)
                            .invoke(null, "\"7 cents\""))
                    .isEqualTo(7);
        }
    }

    /** Only the module can read it. */
    public record Price(int cents) {}

    /** Runs in another class loader. */
    public static final class DecodesAPrice {

        private DecodesAPrice() {}

        public static int cents(String json) throws IOException {
            Origin origin = Origin.at("0", "0");
            Price price = JsonDecoder.of(Price.class).decode(json.getBytes(StandardCharsets.UTF_8), origin);
            return price == null ? 0 : price.cents();
        }
    }

    public static final class PriceModule extends SimpleModule {

        private static final long serialVersionUID = 1L;

        public PriceModule() {
            addDeserializer(Price.class, new StdScalarDeserializer<>(Price.class) {
                private static final long serialVersionUID = 1L;

                @Override
                public Price deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                    return new Price(Integer.parseInt(parser.getText().replace(" cents", "")));
                }
            });
        }
    }
}

package io.github.lateststate.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import io.github.lateststate.Decoder;
import io.github.lateststate.Origin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JSON with Jackson 2. It rejects text that is not JSON, an empty payload, a second value after the first, and
 * the literal {@code null}. It ignores fields that the type does not have, so publishers can add fields; your own
 * mapper may change that. Safe for use by several threads.
 *
 * <p>It needs jackson-databind 2.11 or newer; Jackson decodes Java records from 2.12 on. With an older version the first
 * record ends the state as {@code FAILED}, with a message that says what to change.
 *
 * @param <T> the type of the values
 */
@SuppressWarnings("exports") // Jackson is the caller's own: most callers do without it
public final class JsonDecoder<T> implements Decoder<T> {

    private static final String NEEDED = "2.11";
    private static final String NEWEST_TESTED = "2.23.0";

    private final ObjectReader reader;

    private JsonDecoder(ObjectReader reader) {
        this.reader = reader.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Decodes into a class, with a mapper that knows the Jackson modules on the class path.
     *
     * @param type the class, for example a record
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> JsonDecoder<T> of(Class<T> type) {
        return of(tolerantMapper(), type);
    }

    /**
     * Decodes into a generic type, with a mapper that knows the Jackson modules on the class path.
     *
     * @param type the type, for example {@code new TypeReference<Map<String, Integer>>() {}}
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> JsonDecoder<T> of(TypeReference<T> type) {
        return of(tolerantMapper(), type);
    }

    /**
     * Decodes into a class, with your own mapper.
     *
     * @param mapper the mapper; later changes to it have no effect
     * @param type the class
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> JsonDecoder<T> of(ObjectMapper mapper, Class<T> type) {
        return new JsonDecoder<>(mapper.readerFor(type));
    }

    /**
     * Decodes into a generic type, with your own mapper.
     *
     * @param mapper the mapper; later changes to it have no effect
     * @param type the type
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> JsonDecoder<T> of(ObjectMapper mapper, TypeReference<T> type) {
        return new JsonDecoder<>(mapper.readerFor(type));
    }

    /** Decodes one payload. */
    @Override
    public @Nullable T decode(byte[] payload, Origin origin) throws IOException {
        try (JsonParser parser = parser(payload)) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                return null; // some types, such as int and JsonNode, have a value for it
            }
            return reader.readValue(parser);
        }
    }

    /** Since 2.11. Everything else here is older. */
    private JsonParser parser(byte[] payload) throws IOException {
        try {
            return reader.createParser(payload);
        } catch (NoSuchMethodError e) {
            throw new LinkageError(
                    "jackson-databind " + PackageVersion.VERSION + " is on the class path, but JsonDecoder needs "
                            + NEEDED + " or newer. Set the version in your pom: <dependency>"
                            + "<groupId>com.fasterxml.jackson.core</groupId><artifactId>jackson-databind</artifactId>"
                            + "<version>" + NEWEST_TESTED + "</version></dependency>",
                    e);
        }
    }

    /**
     * Uses the library's own class loader too. In a fat jar, the context class loader of a common-pool thread lacks
     * what the library's own finds.
     */
    private static ObjectMapper tolerantMapper() {
        return new ObjectMapper()
                .findAndRegisterModules()
                .registerModules(ObjectMapper.findModules(JsonDecoder.class.getClassLoader()))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}

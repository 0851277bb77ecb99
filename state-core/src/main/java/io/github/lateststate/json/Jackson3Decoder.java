package io.github.lateststate.json;

import io.github.lateststate.Decoder;
import io.github.lateststate.Origin;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decodes JSON with Jackson 3. It rejects and ignores the same as {@link JsonDecoder}, which uses Jackson 2. Safe for
 * use by several threads.
 *
 * @param <T> the type of the values
 */
@SuppressWarnings("exports") // Jackson is the caller's own: most callers do without it
public final class Jackson3Decoder<T> implements Decoder<T> {

    private final ObjectReader reader;

    private Jackson3Decoder(ObjectReader reader) {
        this.reader = reader.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * Decodes into a class, with a mapper that knows the Jackson modules on the class path.
     *
     * @param type the class, for example a record
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> Jackson3Decoder<T> of(Class<T> type) {
        return of(tolerantMapper(), type);
    }

    /**
     * Decodes into a generic type, with a mapper that knows the Jackson modules on the class path.
     *
     * @param type the type, for example {@code new TypeReference<Map<String, Integer>>() {}}
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> Jackson3Decoder<T> of(TypeReference<T> type) {
        return of(tolerantMapper(), type);
    }

    /**
     * Decodes into a class, with your own mapper.
     *
     * @param mapper the mapper
     * @param type the class
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> Jackson3Decoder<T> of(ObjectMapper mapper, Class<T> type) {
        return new Jackson3Decoder<>(mapper.readerFor(type));
    }

    /**
     * Decodes into a generic type, with your own mapper.
     *
     * @param mapper the mapper
     * @param type the type
     * @param <T> the type of the values
     * @return a decoder
     */
    public static <T> Jackson3Decoder<T> of(ObjectMapper mapper, TypeReference<T> type) {
        return new Jackson3Decoder<>(mapper.readerFor(type));
    }

    /** Decodes one payload. */
    @Override
    public @Nullable T decode(byte[] payload, Origin origin) {
        try (JsonParser parser = reader.createParser(payload)) {
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                return null; // some types, such as int and JsonNode, have a value for it
            }
            return reader.readValue(parser);
        }
    }

    /**
     * Uses the library's own class loader too. In a fat jar, the context class loader of a common-pool thread lacks
     * what the library's own finds.
     */
    private static ObjectMapper tolerantMapper() {
        return JsonMapper.builder()
                .findAndAddModules()
                .addModules(MapperBuilder.findModules(Jackson3Decoder.class.getClassLoader())
                        .toArray(JacksonModule[]::new))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}

package io.github.lateststate.spring;

import io.github.lateststate.Decoder;
import io.github.lateststate.json.Jackson3Decoder;
import io.github.lateststate.json.JsonDecoder;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;

/** Makes decoders with the application's own mapper. Jackson 3 is preferred to Jackson 2, as Spring Boot 4 does. */
final class JsonDecoders {

    private static final boolean JACKSON_3 = isPresent("tools.jackson.databind.json.JsonMapper");
    private static final boolean JACKSON_2 = isPresent("com.fasterxml.jackson.databind.ObjectMapper");

    private JsonDecoders() {}

    /** Decodes into a type. */
    static <T> Decoder<T> of(Type type, BeanFactory beans) {
        if (JACKSON_3 && (Jackson3.mapper(beans) != null || !(JACKSON_2 && Jackson2.mapper(beans) != null))) {
            return Jackson3.decoder(type, beans);
        }
        if (JACKSON_2) {
            return Jackson2.decoder(type, beans);
        }
        throw new JacksonMissingException();
    }

    private static boolean isPresent(String name) {
        return ClassUtils.isPresent(name, JsonDecoders.class.getClassLoader());
    }

    /** Loaded only if Jackson 3 is there. */
    private static final class Jackson3 {

        static tools.jackson.databind.json.@Nullable JsonMapper mapper(BeanFactory beans) {
            return beans.getBeanProvider(tools.jackson.databind.json.JsonMapper.class)
                    .getIfUnique();
        }

        static <T> Decoder<T> decoder(Type type, BeanFactory beans) {
            var wanted = new tools.jackson.core.type.TypeReference<T>() {
                @Override
                public Type getType() {
                    return type;
                }
            };
            var mapper = mapper(beans);
            return mapper == null ? Jackson3Decoder.of(wanted) : Jackson3Decoder.of(mapper, wanted);
        }
    }

    /** Loaded only if Jackson 2 is there. */
    private static final class Jackson2 {

        static com.fasterxml.jackson.databind.@Nullable ObjectMapper mapper(BeanFactory beans) {
            return beans.getBeanProvider(com.fasterxml.jackson.databind.ObjectMapper.class)
                    .getIfUnique();
        }

        static <T> Decoder<T> decoder(Type type, BeanFactory beans) {
            var wanted = new com.fasterxml.jackson.core.type.TypeReference<T>() {
                @Override
                public Type getType() {
                    return type;
                }
            };
            var mapper = mapper(beans);
            return mapper == null ? JsonDecoder.of(wanted) : JsonDecoder.of(mapper, wanted);
        }
    }
}

package io.github.lateststate;

import io.github.lateststate.concurrent.ContextClassLoader;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings from three places. Settings by hand win over the supplier, and the supplier wins over the environment. */
final class SettingsPlan {

    private final Map<String, String> own = new LinkedHashMap<>();
    private @Nullable Supplier<? extends Map<String, ?>> supplier;

    void set(String name, Object value) {
        own.put(Objects.requireNonNull(name, "name"), text(name, value));
    }

    void setAll(Map<String, ?> settings) {
        settings.forEach(this::set);
    }

    void supplier(Supplier<? extends Map<String, ?>> source) {
        this.supplier = Objects.requireNonNull(source, "supplier");
    }

    /**
     * Asks the supplier each time, with the context class loader of this thread. Later changes to this plan have no
     * effect.
     */
    Supplier<Map<String, String>> over(Map<String, String> environment) {
        Map<String, String> byHand = Map.copyOf(own);
        Supplier<? extends Map<String, ?>> source = supplier == null ? Map::of : supplier;
        ContextClassLoader context = new ContextClassLoader();
        return () -> {
            Map<String, String> all = new LinkedHashMap<>(environment);
            Map<String, ?> supplied = context.call(source::get);
            Objects.requireNonNull(supplied, "settings").forEach((name, value) -> all.put(name, text(name, value)));
            all.putAll(byHand);
            return all;
        };
    }

    boolean canChange() {
        return supplier != null;
    }

    /** Converts a value as clients do: a class becomes its name, several values are separated by commas. */
    private static String text(String name, @Nullable Object value) {
        if (value == null) {
            throw new InvalidSettingException(
                    name, "The setting " + name + " has no value: give one, or leave the setting out.");
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Collection<?> several) {
            return several.stream().map(each -> text(name, each)).collect(Collectors.joining(","));
        }
        return value.toString();
    }
}

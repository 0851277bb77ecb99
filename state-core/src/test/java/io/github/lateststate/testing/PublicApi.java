package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The public API of a module: one line for each class, method, constructor and field that callers or implementers can
 * use. It is compared with a committed file, so no change of the API goes unnoticed.
 */
public final class PublicApi {

    private static final String UPDATE = "api.update";
    private static final String BASELINE = "api.baseline";

    private PublicApi() {}

    /**
     * Fails if the API of some packages differs from the file. With {@code -Dapi.update=true} it writes the file
     * instead. With {@code -Dapi.baseline=true} it writes, beside the file, the jar that japicmp compares the module
     * with.
     *
     * @param module any class of the module
     * @param packages the packages that are API, without those below them
     * @param file the file, relative to the module's folder
     */
    public static void check(Class<?> module, List<String> packages, Path file) throws IOException {
        List<Class<?>> types = packages.stream()
                .flatMap(name -> classes(module, name))
                .flatMap(PublicApi::withHiddenParents)
                .distinct()
                .toList();
        if (Boolean.getBoolean(BASELINE)) {
            ApiJar.write(
                    types, file.resolveSibling(file.getFileName().toString().replace(".txt", ".jar")));
        }
        List<String> actual =
                types.stream().flatMap(type -> lines(type).stream()).toList();
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(file.getParent());
            Files.write(file, actual);
        }
        List<String> committed = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> removed = new ArrayList<>(committed);
        removed.removeAll(actual);
        List<String> added = new ArrayList<>(actual);
        added.removeAll(committed);
        assertThat(removed)
                .as(
                        "API that is gone or changed: this breaks users. If docs/compatibility.md allows it, run this"
                                + " test with -D%s=true and commit %s",
                        UPDATE, file)
                .isEmpty();
        assertThat(added)
                .as("API that is new: if this is intended, run this test with -D%s=true and commit %s", UPDATE, file)
                .isEmpty();
    }

    private static Stream<Class<?>> classes(Class<?> module, String packageName) {
        try {
            Path root = Path.of(
                    module.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
                return files
                        .map(path -> path.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                        .map(name -> packageName + "." + name.substring(0, name.length() - ".class".length()))
                        .sorted()
                        .toList()
                        .stream()
                        .<Class<?>>map(name -> load(name, module.getClassLoader()))
                        .filter(PublicApi::isReachable);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A class, and the parents that users do not see, but whose methods they call. */
    private static Stream<Class<?>> withHiddenParents(Class<?> type) {
        List<Class<?>> types = new ArrayList<>();
        Class<?> each = type;
        do {
            types.add(each);
            each = each.getSuperclass();
        } while (each != null && !isVisible(each.getModifiers()));
        return types.stream();
    }

    private static boolean isReachable(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return isVisible(type.getModifiers()) && !type.isSynthetic() && (outer == null || isReachable(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static List<String> lines(Class<?> type) {
        List<String> lines = new ArrayList<>();
        lines.add(type.toGenericString() + parents(type));
        Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Stream::of)
                .filter(member -> isVisible(((Member) member).getModifiers()) && !((Member) member).isSynthetic())
                .map(PublicApi::line)
                .sorted()
                .forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static String parents(Class<?> type) {
        String parent = type.getGenericSuperclass() == null || type.getSuperclass() == Object.class
                ? ""
                : " extends " + type.getGenericSuperclass().getTypeName();
        List<String> interfaces = Stream.of(type.getGenericInterfaces())
                .map(each -> each.getTypeName())
                .toList();
        return parent + (interfaces.isEmpty() ? "" : " implements " + String.join(", ", interfaces));
    }

    private static String line(AccessibleObject member) {
        if (member instanceof Field field) {
            return field.toGenericString();
        }
        Executable executable = (Executable) member;
        return (executable instanceof Constructor<?> ? "new " : "") + executable.toGenericString();
    }
}

package io.github.lateststate.benchmarks.footprint;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jars of a class path.
 *
 * @param files where they are
 */
record Jars(List<Path> files) {

    private static final Pattern VERSION = Pattern.compile("-\\d.*");

    static Jars ofClassPath(String classPath) {
        return new Jars(Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList());
    }

    /**
     * Returns the jars whose artifact has one of these names, without those of tests. A folder of classes, as in a
     * build, counts by the name of its module.
     */
    Jars named(List<String> artifacts) {
        return new Jars(files.stream()
                .filter(file -> artifacts.contains(artifact(file)) && !isOfTests(file))
                .toList());
    }

    /** Returns the jars that the others lack, whatever their versions. */
    Jars without(Jars others) {
        List<String> known = others.files.stream().map(Jars::artifact).toList();
        return new Jars(
                files.stream().filter(file -> !known.contains(artifact(file))).toList());
    }

    double megabytes() {
        long bytes = 0;
        for (Path file : files) {
            bytes += size(file);
        }
        return bytes / 1e6;
    }

    /** Returns the names of the artifacts, the largest first. */
    List<String> names() {
        List<Path> sorted = new ArrayList<>(files);
        sorted.sort((a, b) -> Long.compare(size(b), size(a)));
        return sorted.stream().map(Jars::artifact).toList();
    }

    private static boolean isOfTests(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("-tests.jar") || name.equals("test-classes");
    }

    private static String artifact(Path file) {
        if (Files.isDirectory(file)) { // module/target/classes
            return file.resolve("../..")
                    .toAbsolutePath()
                    .normalize()
                    .getFileName()
                    .toString();
        }
        return VERSION.matcher(file.getFileName().toString()).replaceFirst("");
    }

    private static long size(Path file) {
        try (Stream<Path> below = Files.walk(file)) {
            return below.filter(Files::isRegularFile)
                    .mapToLong(each -> each.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

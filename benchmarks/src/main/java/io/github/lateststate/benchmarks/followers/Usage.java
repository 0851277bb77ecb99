package io.github.lateststate.benchmarks.followers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The resources of a JVM.
 *
 * @param heapBytes what is reachable: used after a full collection
 * @param sockets how many file descriptors are sockets; 0 without /proc
 * @param threads how many there are of each name, digits replaced by #
 */
public record Usage(long heapBytes, int sockets, Map<String, Integer> threads) {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Measures this JVM. */
    static Usage now() throws IOException {
        System.gc();
        System.gc(); // collects what the first one handed to reference handlers
        return new Usage(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), countSockets(), countThreads());
    }

    /** Returns the difference to an earlier usage. */
    public Usage since(Usage earlier) {
        Map<String, Integer> added = new TreeMap<>(threads);
        earlier.threads.forEach((name, count) -> added.merge(name, -count, Integer::sum));
        added.values().removeIf(count -> count == 0);
        return new Usage(heapBytes - earlier.heapBytes, sockets - earlier.sockets, added);
    }

    public int threadCount() {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Map<String, Integer> countThreads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Integer> counts = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                counts.merge(thread.getThreadName().replaceAll("group-[-0-9a-f]+|\\d+", "#"), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static int countSockets() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return (int) descriptors.filter(Usage::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (java.nio.file.NoSuchFileException e) {
            return false; // closed meanwhile, such as the one that lists them
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

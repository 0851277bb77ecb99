package io.github.lateststate.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** The machine that the figures were measured on. */
final class Machine {

    private Machine() {}

    /** Returns one line: the day, the processor, the memory, the system and the JVM. */
    static String describe() {
        com.sun.management.OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return String.format(
                Locale.ROOT,
                "%s; %d cores of %s, %d GiB; %s %s; Java %s; %s",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                Versions.shown("org.apache.kafka:kafka-clients"));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}

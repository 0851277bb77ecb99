package io.github.lateststate.benchmarks.followers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JVM full of followers. It reads commands, one a line, and answers each with a line of JSON. */
final class FollowersMain {

    private static final Logger logger = LoggerFactory.getLogger(FollowersMain.class);

    /** Kafka's default, for the consumer and the admin client. */
    private static final int METADATA_MAX_AGE_MS = 300_000;

    private final Way way;
    private final String bootstrapServers;
    private final int firstNumber;
    private final List<String> topics;
    private final Arrivals arrivals = new Arrivals();
    private final List<Follower> open = new ArrayList<>();

    private FollowersMain(List<String> arguments) {
        way = Way.valueOf(arguments.get(0));
        bootstrapServers = arguments.get(1);
        firstNumber = Integer.parseInt(arguments.get(2));
        topics = arguments.subList(3, arguments.size());
    }

    /** Public, because the JVM calls it. */
    public static void main(String[] arguments) {
        PrintStream parent = System.out;
        System.setOut(System.err); // any other output is not an answer
        int status = 1;
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            FollowersMain followers = new FollowersMain(Arrays.asList(arguments));
            ObjectMapper json = new ObjectMapper();
            for (String command = commands.readLine(); command != null; command = commands.readLine()) {
                parent.println(json.writeValueAsString(followers.answer(command)));
            }
            status = 0;
        } catch (Throwable failure) {
            logger.error("This JVM of followers ends", failure);
        }
        Runtime.getRuntime().halt(status); // closing a thousand clients would take longer than measuring them
    }

    private Object answer(String command) throws Exception {
        return switch (command) {
            case "warm-up" -> warmUp();
            case "open" -> open();
            case "usage" -> Usage.now();
            case "cpu" -> cpuNanos();
            default -> arrivals.await(Long.parseLong(command), topics.size());
        };
    }

    /** Opens and closes one, so that everything that a JVM does once is done. */
    @SuppressWarnings("try") // followers are watched, not called
    private int warmUp() throws InterruptedException {
        Arrivals own = new Arrivals();
        try (Follower follower = way.open(settings(0), topics.get(0), own.of(topics.get(0)))) {
            return own.await(0, 1).size();
        }
    }

    private long open() {
        long begin = System.nanoTime();
        for (String topic : topics) {
            open.add(way.open(settings(open.size()), topic, arrivals.of(topic)));
        }
        return begin;
    }

    /**
     * Settings without effect. If the followers are numbered, no two have the same ones, so none can share a client.
     */
    private Map<String, String> settings(int index) {
        return firstNumber < 0
                ? Map.of("bootstrap.servers", bootstrapServers)
                : Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "metadata.max.age.ms",
                        Integer.toString(METADATA_MAX_AGE_MS + firstNumber + index));
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }
}

package io.github.lateststate.samples;

import java.nio.file.Path;
import java.util.List;

/** A sample, and what its framework calls things. */
enum Sample {
    QUARKUS("quarkus", "quarkus-app/quarkus-run.jar", "quarkus:dev", "/q/health/ready", "/q/metrics", "StateResource"),
    MICRONAUT(
            "micronaut",
            "micronaut-sample-1.0-SNAPSHOT.jar",
            "mn:run",
            "/health/readiness",
            "/prometheus",
            "StateController");

    final Path folder;
    final String readiness;
    final String metrics;
    private final String jar;
    private final String dev;
    private final String answering;

    Sample(String folder, String jar, String dev, String readiness, String metrics, String answering) {
        this.folder = Path.of("..", folder);
        this.jar = jar;
        this.dev = dev;
        this.readiness = readiness;
        this.metrics = metrics;
        this.answering = answering;
    }

    /** The program as it is deployed. */
    List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java, "-Xmx512m", "-jar", folder.resolve("target").resolve(jar).toString());
    }

    /** The program as its developers run it, in a copy of its folder. */
    List<String> devCommand() {
        return List.of(
                System.getProperty("maven.command"),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + System.getProperty("maven.repository"),
                dev);
    }

    /** The class that answers requests, in a copy of its folder. */
    Path source(Path copy) {
        return copy.resolve("src/main/java/com/example/" + answering + ".java");
    }
}

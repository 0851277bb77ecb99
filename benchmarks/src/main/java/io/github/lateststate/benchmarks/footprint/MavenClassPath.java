package io.github.lateststate.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks Maven for the class path of a service that depends on one artifact. */
final class MavenClassPath {

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>any</groupId>
              <artifactId>service</artifactId>
              <version>1</version>
              <dependencies>
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </dependency>
              </dependencies>
            </project>
            """;

    private MavenClassPath() {}

    /** Takes a few seconds, and downloads missing artifacts. The argument is group:artifact:version. */
    static Jars of(String coordinates) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("benchmark-footprint");
        Path pom = folder.resolve("pom.xml");
        Path classPath = folder.resolve("class-path");
        Path log = folder.resolve("log");
        try {
            Files.writeString(pom, POM.formatted((Object[]) coordinates.split(":")));
            int exit = new ProcessBuilder(
                            "mvn",
                            "-q",
                            "-B",
                            "-f",
                            pom.toString(),
                            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                            "-DincludeScope=runtime",
                            "-Dmdep.outputFile=" + classPath)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("Maven could not resolve " + coordinates + ":\n" + Files.readString(log));
            }
            return Jars.ofClassPath(Files.readString(classPath));
        } finally {
            Files.deleteIfExists(pom);
            Files.deleteIfExists(classPath);
            Files.deleteIfExists(log);
            Files.delete(folder);
        }
    }
}

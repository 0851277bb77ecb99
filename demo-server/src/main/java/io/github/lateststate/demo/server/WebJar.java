package io.github.lateststate.demo.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Finds the files of a WebJar on the class path. The version is part of the path, and only the pom names it. */
final class WebJar {

    private static final String POM = "/META-INF/maven/org.webjars.npm/%s/pom.properties";
    private static final String FILE = "/META-INF/resources/webjars/%s/%s/%s";

    private WebJar() {}

    static String resource(String artifact, String file) {
        Properties pom = new Properties();
        try (InputStream in = WebJar.class.getResourceAsStream(POM.formatted(artifact))) {
            if (in == null) {
                throw new IllegalStateException("The WebJar " + artifact + " is not on the class path.");
            }
            pom.load(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return FILE.formatted(artifact, pom.getProperty("version"), file);
    }
}

package io.github.lateststate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A key pair and a certificate for 127.0.0.1 and localhost, made for one test, with the settings that a TLS listener and its clients need for
 * them. The JDK's own {@code keytool} makes them.
 */
public final class TlsStores {

    /** Protects nothing: the stores are deleted with the test. */
    private static final String PASSWORD = "changeit";

    private final Path keys;
    private final Path trusted;

    private TlsStores(Path keys, Path trusted) {
        this.keys = keys;
        this.trusted = trusted;
    }

    /**
     * Makes a new key pair and certificate. Only the user that runs this JVM can read the stores, if the file system knows such
     * rights. Blocks for about two seconds.
     *
     * @param directory an existing directory, without such stores in it
     * @return the new stores
     * @throws IllegalStateException if {@code keytool} fails
     */
    public static TlsStores create(Path directory) {
        Path making = privateFolderIn(directory);
        Path keys = making.resolve("broker-keys.p12");
        Path trusted = making.resolve("trusted.p12");
        Path certificate = making.resolve("broker.crt");
        keytool("-genkeypair -alias broker -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1", keys);
        keytool("-exportcert -alias broker", keys, "-file", certificate.toString());
        keytool("-importcert -alias broker -noprompt", trusted, "-file", certificate.toString());
        try {
            Files.move(certificate, directory.resolve(certificate.getFileName()));
            TlsStores stores = new TlsStores(movedTo(directory, keys), movedTo(directory, trusted));
            Files.delete(making);
            return stores;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot put the stores into " + directory, e);
        }
    }

    /**
     * Returns the properties of a listener that presents this certificate.
     *
     * @return for {@link BrokerBuilder#listener}
     */
    public Map<String, String> brokerProperties() {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keys.toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.key.password",
                PASSWORD);
    }

    /**
     * Returns the properties of a client that trusts this certificate, and no other.
     *
     * @return client properties, {@code security.protocol=SSL} among them
     */
    public Map<String, String> clientProperties() {
        return Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                trusted.toString(),
                "ssl.truststore.password",
                PASSWORD);
    }

    /** keytool sets no rights: in this folder nobody else can read the keys while it writes them. */
    private static Path privateFolderIn(Path directory) {
        try {
            return Files.createTempDirectory(directory.toAbsolutePath(), "stores-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder in " + directory, e);
        }
    }

    private static Path movedTo(Path directory, Path store) throws IOException {
        PrivateFile.restrict(store);
        return Files.move(store, directory.toAbsolutePath().resolve(store.getFileName()));
    }

    private static void keytool(String words, Path store, String... more) {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString()));
        command.addAll(List.of(words.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of(more));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("The command keytool failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run the command " + keytool, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool ran", e);
        }
    }
}

package io.github.lateststate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsStoresTest {

    @Test
    void nobodyElseCanReadTheStores(@TempDir Path directory) throws Exception {
        TlsStores stores = TlsStores.create(directory);

        for (String store : List.of(
                stores.brokerProperties().get("ssl.keystore.location"),
                stores.clientProperties().get("ssl.truststore.location"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(store))))
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(each -> String.valueOf(each.getFileName())))
                    .containsExactlyInAnyOrder("broker-keys.p12", "trusted.p12", "broker.crt");
        }
    }
}

package io.github.lateststate.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTest {

    @Test
    void theDefaultIsPort8000OfThisMachineOnly() {
        assertThat(HttpAddress.of(Map.of())).isEqualTo(new HttpAddress("127.0.0.1", 8000));
    }

    @Test
    void hostAndPortComeFromTheEnvironment() {
        assertThat(HttpAddress.of(Map.of("HOST", "0.0.0.0", "PORT", "80"))).isEqualTo(new HttpAddress("0.0.0.0", 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http", "-1", "65536", "80.0", "99999999999"})
    void aMalformedPortIsNamedInOneLineWithoutItsValue(String port) {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> HttpAddress.of(Map.of("PORT", port)))
                .withMessage("PORT is not a port: write a number from 0 (any free one) to 65535.");
    }

    @Test
    void anEmptyHostIsRefusedBecauseItWouldMeanEveryAddress() {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> HttpAddress.of(Map.of("HOST", "")))
                .withMessageStartingWith("HOST is empty");
    }

    @Test
    void aTakenPortIsNamedWithARemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpAddress address = new HttpAddress("127.0.0.1", taken.getLocalPort());

            assertThatExceptionOfType(CannotStartException.class)
                    .isThrownBy(address::requireFree)
                    .withMessage("Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (Address already in use). Stop the program that listens there, or set another"
                            + " HOST or PORT.");
        }
    }

    @Test
    void anIpv6AddressIsInBracketsInAUrl() {
        assertThat(new HttpAddress("::1", 0).url(8000)).isEqualTo("http://[::1]:8000");
        assertThat(new HttpAddress("[::1]", 0).url(8000)).isEqualTo("http://[::1]:8000");
        assertThat(new HttpAddress("127.0.0.1", 0).url(8000)).isEqualTo("http://127.0.0.1:8000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "192.0.2.1", "alice:pw@127.0.0.1"})
    void anAddressOfAnotherMachineIsNotReportedAsATakenPort(String host) {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(new HttpAddress(host, 8000)::requireFree)
                .withMessage("HOST is not a name or an address of this machine: set it to one, or unset it.");
    }
}

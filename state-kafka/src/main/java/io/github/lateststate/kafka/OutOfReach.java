package io.github.lateststate.kafka;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Tells whether a deserializer failed because of a service that it asks, such as a schema registry, or because of the
 * record. Not every {@code IOException} counts: a JSON deserializer throws one for text that is not JSON.
 */
final class OutOfReach {

    /** Confluent's deserializers throw the second one if the registry refuses the credentials, or asks for fewer requests. */
    private static final List<Class<? extends Throwable>> TYPES = List.of(
            RetriableException.class,
            InvalidConfigurationException.class,
            SocketException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            HttpTimeoutException.class,
            SSLException.class);

    /** Credentials are refused, or there were too many requests. */
    private static final Set<Integer> REFUSED = Set.of(401, 403, 407, 429);

    private OutOfReach() {}

    static boolean is(Throwable thrown) {
        return TYPES.stream().anyMatch(type -> Causes.has(thrown, type))
                || Causes.chain(thrown).stream().anyMatch(OutOfReach::isRefusedByServer);
    }

    /**
     * Confluent's client of the registry reports the HTTP status in an exception of this name. This module does not
     * depend on it.
     */
    private static boolean isRefusedByServer(Throwable thrown) {
        if (!thrown.getClass().getSimpleName().equals("RestClientException")) {
            return false;
        }
        try {
            return thrown.getClass().getMethod("getStatus").invoke(thrown) instanceof Integer status
                    && (status >= 500 || REFUSED.contains(status));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}

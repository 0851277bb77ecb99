package io.github.lateststate.kinesis;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest;

/**
 * Everything that depends on the version of the AWS SDK, which the application chooses. This module is compiled against
 * the newest version. The JVM resolves a method at its first call. So this class may name a method that an older version
 * lacks, if it checks for it first.
 */
final class ClientVersion {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    private static final String NEEDED = "2.29";
    private static final String NEEDED_FOR_FAN_OUT = "2.31.40";
    private static final String NEWEST_TESTED = "2.57.8";

    private ClientVersion() {}

    /**
     * Refuses a version that this module does not run with.
     *
     * @throws IllegalStateException naming the present version, the required one, and what to change
     */
    static void require() {
        require(name());
    }

    /** The same for any version. One that is not a number is not refused. */
    static void require(String version) {
        if (Character.isDigit(version.charAt(0)) && Version.parse(version).compareTo(Version.parse(NEEDED)) < 0) {
            throw new IllegalStateException("AWS SDK " + version + " is on the class path, but state-kinesis needs "
                    + NEEDED + " or newer. " + advice());
        }
    }

    /** The settings without enhanced fan-out if this version lacks the calls for it. A warning says so. */
    static KinesisSettings possible(KinesisSettings wanted) {
        if (!wanted.enhanced() || hasFanOut()) {
            return wanted;
        }
        logger.warn(
                "No fan-out from {}, polling instead: AWS SDK {} is on the class path, but fan-out needs "
                        + NEEDED_FOR_FAN_OUT + " or newer. {}",
                wanted.describe(),
                name(),
                advice());
        return wanted.polling();
    }

    /** Whether consumers can have tags, which show that their instance is alive. Since 2.31.39 at the latest. */
    static boolean hasFanOut() {
        return has(RegisterStreamConsumerRequest.Builder.class, "tags");
    }

    /** Removes what a client adds to a strategy by default. Versions without this method add nothing. */
    static StandardRetryStrategy.Builder withoutClientDefaults(StandardRetryStrategy.Builder strategy) {
        return has(RetryStrategy.Builder.class, "useClientDefaults") ? strategy.useClientDefaults(false) : strategy;
    }

    /** The version as the SDK reports it. Asked by reflection: the compiler would copy the constant. */
    static String name() {
        try {
            return String.valueOf(VersionInfo.class.getField("SDK_VERSION").get(null));
        } catch (ReflectiveOperationException e) {
            return "of an unknown version";
        }
    }

    private static String advice() {
        return "Set the version in the dependencyManagement of your pom: <dependency>"
                + "<groupId>software.amazon.awssdk</groupId><artifactId>bom</artifactId><version>" + NEWEST_TESTED
                + "</version><type>pom</type><scope>import</scope></dependency>";
    }

    private static boolean has(Class<?> type, String method) {
        return Arrays.stream(type.getMethods()).anyMatch(it -> it.getName().equals(method));
    }
}

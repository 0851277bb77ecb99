package io.github.lateststate.spring;

import io.github.lateststate.spi.LatestStateSubscriber;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What a native image cannot see by itself: subscribers that ServiceLoader makes, and what Kafka's client makes by name. */
final class LatestStateRuntimeHints implements RuntimeHintsRegistrar {

    private static final List<String> MADE_BY_NAME = List.of(
            "io.github.lateststate.kafka.KafkaSubscriber",
            "io.github.lateststate.kinesis.KinesisSubscriber",
            "io.github.lateststate.spring.BundleSslEngineFactory",
            "io.github.lateststate.spring.Boot3BundleSslEngineFactory",
            "org.apache.kafka.clients.consumer.RangeAssignor",
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor",
            "org.apache.kafka.common.metrics.JmxReporter",
            "org.apache.kafka.common.serialization.ByteArrayDeserializer",
            "org.apache.kafka.common.security.authenticator.AbstractLogin$DefaultLoginCallbackHandler",
            "org.apache.kafka.common.security.authenticator.DefaultLogin",
            "org.apache.kafka.common.security.authenticator.SaslClientCallbackHandler",
            "org.apache.kafka.common.security.kerberos.KerberosClientCallbackHandler",
            "org.apache.kafka.common.security.kerberos.KerberosLogin",
            "org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever",
            "org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule",
            "org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerRefreshingLogin",
            "org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClient$OAuthBearerSaslClientFactory",
            "org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClientCallbackHandler",
            "org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler",
            "org.apache.kafka.common.security.plain.PlainLoginModule",
            "org.apache.kafka.common.security.scram.ScramLoginModule",
            "org.apache.kafka.common.security.scram.internals.ScramSaslClient$ScramSaslClientFactory",
            "org.apache.kafka.common.security.ssl.DefaultSslEngineFactory",
            "org.apache.kafka.common.utils.AppInfoParser$AppInfo");

    /** The broker modules ask whether a method of these exists in the version of the client. */
    private static final List<String> ASKED_FOR_METHODS = List.of(
            "org.apache.kafka.clients.admin.DescribeTopicsResult",
            "org.apache.kafka.clients.consumer.ConsumerRecords",
            "software.amazon.awssdk.retries.api.RetryStrategy$Builder",
            "software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest$Builder");

    /** JsonDecoders asks which of them is there. */
    private static final List<String> ASKED_FOR =
            List.of("com.fasterxml.jackson.databind.ObjectMapper", "tools.jackson.databind.json.JsonMapper");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("META-INF/services/" + LatestStateSubscriber.class.getName());
        hints.resources().registerPattern("kafka/kafka-version.properties");
        for (String type : MADE_BY_NAME) {
            hints.reflection()
                    .registerTypeIfPresent(
                            classLoader,
                            type,
                            MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS,
                            MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (String type : ASKED_FOR_METHODS) {
            hints.reflection().registerTypeIfPresent(classLoader, type, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
        for (String type : ASKED_FOR) {
            hints.reflection().registerTypeIfPresent(classLoader, type);
        }
        hints.reflection().registerType(TypeReference.of(LatestStateSubscriber.class));
    }
}

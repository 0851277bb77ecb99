package io.github.lateststate.kinesis;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisServiceClientConfiguration;

/**
 * Checked settings of one subscription.
 *
 * @param stream the stream, by its name or its ARN
 * @param group the instance's own name, which is also that of its fan-out consumer
 * @param enhanced whether to follow with enhanced fan-out
 * @param region the region: that of the ARN if there is one; null for the one that the SDK finds
 * @param endpoint the endpoint, or null for that of the region
 */
record KinesisSettings(
        StreamAddress stream,
        String group,
        boolean enhanced,
        @Nullable String region,
        @Nullable URI endpoint) {

    static final String FAN_OUT = "state.fan.out";
    static final String POLLING = "polling";
    static final String ENHANCED = "enhanced";
    static final String REGION = "region";
    static final String ENDPOINT = "endpoint";

    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    static KinesisSettings of(SubscriptionSettings settings) {
        settings.requireKnown(Set.of(FAN_OUT));
        Map<String, String> client = settings.clientSettings();
        client.keySet().forEach(KinesisSettings::requireKnown);
        StreamAddress stream = StreamAddress.of(settings.stream());
        String group = settings.newGroup();
        requireName(group);
        return new KinesisSettings(
                stream,
                group,
                isEnhanced(FAN_OUT, settings.settings().getOrDefault(FAN_OUT, POLLING)),
                stream.region() == null ? region(client.get(REGION)) : stream.region(),
                endpoint(client.get(ENDPOINT)));
    }

    /** Whether a mode is {@value #ENHANCED}. Refuses a text that is not a mode. */
    static boolean isEnhanced(String setting, String mode) {
        return switch (mode) {
            case POLLING -> false;
            case ENHANCED -> true;
            default ->
                throw new InvalidSettingException(
                        setting, setting + " has an unknown value: write " + POLLING + " or " + ENHANCED + ".");
        };
    }

    /**
     * Refuses settings that a caller's client would ignore, and a client for another region than that of the stream's
     * ARN.
     */
    static void requireFit(SubscriptionSettings settings, KinesisAsyncClient client) {
        settings.clientSettings().keySet().forEach(name -> {
            throw new InvalidSettingException(
                    name, "The setting " + name + " cannot be given together with a client: make the client with it.");
        });
        String wanted = StreamAddress.of(settings.stream()).region();
        KinesisServiceClientConfiguration made = client.serviceClientConfiguration();
        if (wanted != null
                && made.endpointOverride().isEmpty()
                && !Region.of(wanted).equals(made.region())) {
            throw new InvalidSettingException(
                    REGION,
                    "The stream's ARN names region " + wanted
                            + ", and the client is for another region: make the client for " + wanted + ".");
        }
    }

    /** The same settings with the actual region of a client. */
    KinesisSettings in(String actualRegion) {
        return new KinesisSettings(stream, group, enhanced, actualRegion, endpoint);
    }

    /** The same settings without enhanced fan-out. */
    KinesisSettings polling() {
        return new KinesisSettings(stream, group, false, region, endpoint);
    }

    /** The stream and where it is, for a message. */
    String describe() {
        return "stream '" + stream + "' in region " + (region == null ? "(unknown)" : region)
                + (endpoint == null ? "" : " at " + endpoint.getScheme() + "://" + hostAndPort(endpoint));
    }

    private static String hostAndPort(URI endpoint) {
        return endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    private static void requireKnown(String name) {
        if (!name.equals(REGION) && !name.equals(ENDPOINT)) {
            throw new InvalidSettingException(
                    name,
                    "Unknown setting " + name + ". The known ones are " + REGION + ", " + ENDPOINT + ", " + FAN_OUT
                            + " and " + SubscriptionSettings.GROUP_PREFIX
                            + ". For anything else, pass a client: new KinesisSubscriber(client).");
        }
    }

    private static void requireName(String group) {
        if (!NAME.matcher(group).matches()) {
            throw new InvalidSettingException(
                    SubscriptionSettings.GROUP_PREFIX,
                    "The setting " + SubscriptionSettings.GROUP_PREFIX + " makes a name that Kinesis does not allow:"
                            + " write at most 91 of letters, digits, '_', '.' and '-'.");
        }
    }

    private static @Nullable String region(@Nullable String region) {
        if (region == null || REGION_NAME.matcher(region).matches()) {
            return region;
        }
        throw new InvalidSettingException(
                REGION, "The setting " + REGION + " is not the name of a region: write one, for example eu-west-1.");
    }

    private static @Nullable URI endpoint(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            URI endpoint = new URI(url);
            if (endpoint.getScheme() != null && endpoint.getHost() != null) {
                return endpoint;
            }
        } catch (URISyntaxException e) {
            // It is reported below, like one without a host.
        }
        throw new InvalidSettingException(
                ENDPOINT, "The setting " + ENDPOINT + " is not a URL: write one, for example http://localhost:4568.");
    }
}

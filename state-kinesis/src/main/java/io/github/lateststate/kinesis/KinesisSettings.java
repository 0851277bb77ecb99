package io.github.lateststate.kinesis;

import io.github.lateststate.spi.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checked settings of one subscription.
 *
 * @param stream the stream
 * @param group the instance's own name, also that of its fan-out consumer
 * @param enhanced whether to follow by enhanced fan-out
 * @param region the region, or null for the one the SDK finds
 * @param endpoint the endpoint, or null for that of the region
 */
record KinesisSettings(
        String stream,
        String group,
        boolean enhanced,
        @Nullable String region,
        @Nullable URI endpoint) {

    static final String FAN_OUT = "state.fan.out";
    static final String POLLING = "polling";
    static final String ENHANCED = "enhanced";
    static final String REGION = "region";
    static final String ENDPOINT = "endpoint";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    static KinesisSettings of(SubscriptionSettings settings) {
        settings.requireKnown(Set.of(FAN_OUT));
        Map<String, String> client = settings.clientSettings();
        client.keySet().forEach(KinesisSettings::requireKnown);
        requireName("stream", settings.stream());
        String group = settings.newGroup();
        requireName(SubscriptionSettings.GROUP_PREFIX, group);
        return new KinesisSettings(
                settings.stream(),
                group,
                isEnhanced(FAN_OUT, settings.settings().getOrDefault(FAN_OUT, POLLING)),
                client.get(REGION),
                endpoint(client.get(ENDPOINT)));
    }

    /** Whether a mode is {@value #ENHANCED}; refuses what is no mode at all. */
    static boolean isEnhanced(String setting, String mode) {
        return switch (mode) {
            case POLLING -> false;
            case ENHANCED -> true;
            default ->
                throw new InvalidSettingException(
                        setting, setting + " is '" + mode + "': write " + POLLING + " or " + ENHANCED + ".");
        };
    }

    /** Refuses what a client that was handed in would not heed. */
    void requireNoClient() {
        if (region != null || endpoint != null) {
            String name = region != null ? REGION : ENDPOINT;
            throw new InvalidSettingException(
                    name, "The setting " + name + " cannot be given together with a client: make the client with it.");
        }
    }

    /** The same with the region that a client really has. */
    KinesisSettings in(String actualRegion) {
        return new KinesisSettings(stream, group, enhanced, actualRegion, endpoint);
    }

    /** The stream and where it is, for a message. */
    String describe() {
        return "stream '" + stream + "' in region " + (region == null ? "(unknown)" : region)
                + (endpoint == null ? "" : " at " + endpoint);
    }

    private static void requireKnown(String name) {
        if (!name.equals(REGION) && !name.equals(ENDPOINT)) {
            throw new InvalidSettingException(
                    name,
                    "Unknown setting " + name + ". The known ones are " + REGION + ", " + ENDPOINT + ", " + FAN_OUT
                            + " and " + SubscriptionSettings.GROUP_PREFIX
                            + "; for all else hand in a client: new KinesisSubscriber(client).");
        }
    }

    private static void requireName(String setting, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidSettingException(
                    setting,
                    "The setting " + setting + " makes the name '" + name
                            + "': Kinesis takes at most 128 of letters, digits, '_', '.' and '-'.");
        }
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
            // told below, as what has no host is
        }
        throw new InvalidSettingException(
                ENDPOINT,
                "The setting " + ENDPOINT + " is '" + url + "': write a URL, for example http://localhost:4568.");
    }
}

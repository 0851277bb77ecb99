package io.github.lateststate.demo.producer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Kinesis settings in the environment.
 *
 * @param stream the stream's name
 * @param arn its ARN, which also reaches a stream of another account; null if it was given by its name
 * @param region that of the ARN, or {@code AWS_REGION}; null for the one that the AWS SDK finds
 * @param endpoint null for that of the region
 */
record KinesisEnvironment(
        String stream,
        @Nullable String arn,
        @Nullable String region,
        @Nullable URI endpoint) {

    static final String STREAM = "KINESIS_STREAM";

    private static final String REGION = "AWS_REGION";
    private static final String IGNORE_ENDPOINTS = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z0-9-]*:kinesis:([a-z0-9-]{1,64}):[0-9]{12}:stream/([a-zA-Z0-9_.-]{1,128})");

    /**
     * Reads them.
     *
     * @throws NotPublishedException if a variable is malformed; its value is not repeated
     */
    static KinesisEnvironment of(Map<String, String> env) {
        String given = env.getOrDefault(STREAM, "");
        Matcher arn = ARN.matcher(given);
        if (arn.matches()) {
            return new KinesisEnvironment(arn.group(2), given, arn.group(1), endpoint(env));
        }
        if (!NAME.matcher(given).matches()) {
            throw new NotPublishedException(STREAM + " is neither the name nor the ARN of a Kinesis stream:"
                    + " write at most 128 of letters, digits, '_', '.' and '-',"
                    + " or arn:aws:kinesis:REGION:ACCOUNT:stream/NAME, with an account of 12 digits.");
        }
        return new KinesisEnvironment(given, null, region(env), endpoint(env));
    }

    /** The name in a request; null if the request has the ARN. */
    @Nullable
    String requestName() {
        return arn == null ? stream : null;
    }

    private static @Nullable String region(Map<String, String> env) {
        String region = env.getOrDefault(REGION, "");
        if (region.isBlank()) {
            return null;
        }
        if (!REGION_NAME.matcher(region).matches()) {
            throw new NotPublishedException(REGION + " is not the name of a region: write one, for example eu-west-1.");
        }
        return region;
    }

    private static @Nullable URI endpoint(Map<String, String> env) {
        if (Boolean.parseBoolean(env.getOrDefault(IGNORE_ENDPOINTS, "").strip())) {
            return null;
        }
        URI ofKinesis = endpoint(env, "AWS_ENDPOINT_URL_KINESIS");
        return ofKinesis == null ? endpoint(env, "AWS_ENDPOINT_URL") : ofKinesis;
    }

    private static @Nullable URI endpoint(Map<String, String> env, String variable) {
        String url = env.getOrDefault(variable, "");
        if (url.isBlank()) {
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
        throw new NotPublishedException(variable + " is not a URL: write one, for example http://localhost:4568.");
    }
}

package io.github.lateststate.kinesis;

import io.github.lateststate.InvalidSettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is named in every call: by its name, or by its ARN, which also reaches a stream of another account.
 *
 * @param name the name alone
 * @param arn the ARN, or null if the stream was given by its name
 * @param region the region in the ARN, or null if there is no ARN
 */
record StreamAddress(
        String name, @Nullable String arn, @Nullable String region) {

    private static final String SETTING = "stream";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z0-9-]*:kinesis:([a-z0-9-]{1,64}):[0-9]{12}:stream/([a-zA-Z0-9_.-]{1,128})");

    /** Takes what the caller wrote. */
    static StreamAddress of(String given) {
        if (NAME.matcher(given).matches()) {
            return new StreamAddress(given, null, null);
        }
        Matcher arn = ARN.matcher(given);
        if (arn.matches()) {
            return new StreamAddress(arn.group(2), given, arn.group(1));
        }
        throw new InvalidSettingException(
                SETTING,
                given.startsWith("arn:")
                        ? "The stream is not the ARN of a Kinesis stream:"
                                + " write arn:aws:kinesis:REGION:ACCOUNT:stream/NAME, with an account of 12 digits."
                        : "The stream is not a name that Kinesis allows: write at most 128 of letters, digits,"
                                + " '_', '.'"
                                + " and '-', or its ARN.");
    }

    /** The name in a request; null if the request has the ARN. */
    @Nullable
    String requestName() {
        return arn == null ? name : null;
    }

    /** The stream as the caller wrote it. */
    @Override
    public String toString() {
        return arn == null ? name : arn;
    }
}

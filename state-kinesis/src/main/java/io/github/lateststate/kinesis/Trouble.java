package io.github.lateststate.kinesis;

import io.github.lateststate.PlainText;
import io.github.lateststate.engine.Failures;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.model.AccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KmsAccessDeniedException;
import software.amazon.awssdk.services.kinesis.model.KmsDisabledException;
import software.amazon.awssdk.services.kinesis.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kinesis.model.KmsNotFoundException;
import software.amazon.awssdk.services.kinesis.model.KmsOptInRequiredException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ValidationException;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParseException;

/** How to react to an exception of the server or the client. */
enum Trouble {

    /** There are too many reads, perhaps by all instances together. */
    THROTTLED,

    /** The iterator is older than five minutes. */
    EXPIRED_ITERATOR,

    /** The stream, the shard or the consumer does not exist. */
    NOT_FOUND,

    /** It is being created, changed or used by another. */
    IN_USE,

    /** Credentials, rights or a key are wrong. Someone must fix them, so it is retried slowly. */
    DENIED,

    /** No retry of the same call can help. */
    INVALID,

    /** The network, or the server itself. */
    OTHER;

    private static final Set<String> DENYING_CODES = Set.of(
            "AccessDenied",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "OptInRequired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    static Trouble of(Throwable thrown) {
        Throwable cause = Failures.unwrapped(thrown);
        if (cause instanceof ProvisionedThroughputExceededException
                || cause instanceof LimitExceededException
                || cause instanceof KmsThrottlingException) {
            return THROTTLED;
        } else if (cause instanceof ExpiredIteratorException) {
            return EXPIRED_ITERATOR;
        } else if (cause instanceof ResourceNotFoundException) {
            return NOT_FOUND;
        } else if (cause instanceof ResourceInUseException) {
            return IN_USE;
        } else if (cause instanceof InvalidArgumentException || cause instanceof ValidationException) {
            return INVALID;
        } else if (isKey(cause) || cause instanceof AccessDeniedException) {
            return DENIED;
        } else if (cause instanceof AwsServiceException service) {
            return byCode(service);
        }
        return isWithoutCredentials(cause) ? DENIED : OTHER;
    }

    /** For exceptions that have no class of their own. */
    private static Trouble byCode(AwsServiceException service) {
        String code = service.awsErrorDetails() == null
                ? ""
                : String.valueOf(service.awsErrorDetails().errorCode());
        if (service.isThrottlingException()) {
            return THROTTLED;
        }
        return DENYING_CODES.contains(code) || service.statusCode() == 403 ? DENIED : OTHER;
    }

    /** Whether there was no answer. The next try need not wait: there was a wait already. */
    static boolean isSilence(Throwable thrown) {
        Throwable cause = Failures.unwrapped(thrown);
        return cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException;
    }

    /** Explains what is wrong, in words that a person can act on. */
    static SdkClientException explained(Throwable thrown, KinesisSettings settings, String what) {
        Throwable cause = Failures.unwrapped(thrown);
        if (isWithoutCredentials(cause)) { // without the cause, which lists all places where the SDK has looked
            return SdkClientException.create("No credentials for " + settings.describe()
                    + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this process an AWS profile"
                    + " or role.");
        }
        return SdkClientException.create(
                advice(cause, settings) + " (trying to " + what + ": " + PlainText.of(cause) + ")", cause);
    }

    /** Explains why there is no fan-out. */
    static String withoutFanOut(Throwable thrown) {
        return Failures.find(thrown, Http2Exception.class).isPresent()
                ? "the server does not speak HTTP/2, which fan-out needs"
                : PlainText.of(thrown);
    }

    /** Explains why there is no client. */
    static SdkClientException withoutClient(Throwable thrown, KinesisSettings settings) {
        if (String.valueOf(thrown.getMessage()).contains("Unable to load region")) {
            return SdkClientException.create("No region for stream '" + settings.stream() + "': set the setting "
                    + KinesisSettings.REGION + ", or AWS_REGION in the environment.");
        }
        return SdkClientException.create(
                "No client for stream '" + settings.stream() + "': fix what the AWS SDK reports ("
                        + PlainText.of(thrown) + ")",
                thrown);
    }

    private static String advice(Throwable cause, KinesisSettings settings) {
        String stream = settings.describe();
        if (isWithoutCbor(cause)) {
            return "The answer of " + stream
                    + " cannot be read as CBOR: if its server knows only JSON, start Java with"
                    + " -Daws.cborEnabled=false";
        }
        if (isKey(cause)) {
            return "The key of " + stream + " cannot be used: enable it, and grant kms:Decrypt";
        }
        return switch (of(cause)) {
            case THROTTLED ->
                cause instanceof ProvisionedThroughputExceededException
                        ? "Throttled by " + stream + ": all readers of a shard share five reads a second"
                        : "Throttled by " + stream + ": its account makes too many calls of this kind";
            case NOT_FOUND -> "There is no " + stream + ": create it, or check the name and the region";
            case DENIED ->
                "The credentials or rights for " + stream + " are not sufficient: docs/kinesis.md lists the rights";
            case INVALID -> "Kinesis refuses the request about " + stream;
            default ->
                isSilence(cause) || Failures.find(cause, IOException.class).isPresent()
                        ? "No answer from " + stream + ": check the network and the endpoint"
                        : "Unexpected error with " + stream;
        };
    }

    private static boolean isKey(Throwable cause) {
        return cause instanceof KmsAccessDeniedException
                || cause instanceof KmsDisabledException
                || cause instanceof KmsInvalidStateException
                || cause instanceof KmsNotFoundException
                || cause instanceof KmsOptInRequiredException;
    }

    /** Some emulators answer in JSON, whatever the format of the request. */
    private static boolean isWithoutCbor(Throwable cause) {
        if (cause instanceof AwsServiceException service) {
            SdkBytes answer = service.awsErrorDetails() == null
                    ? null
                    : service.awsErrorDetails().rawResponse();
            byte[] bytes = answer == null ? new byte[0] : answer.asByteArrayUnsafe();
            return bytes.length > 0 && bytes[0] == '{';
        }
        return Failures.find(cause, JsonParseException.class).isPresent();
    }

    /** The SDK has no exception of its own for that. */
    private static boolean isWithoutCredentials(Throwable cause) {
        return cause instanceof SdkClientException
                && String.valueOf(cause.getMessage()).contains("Unable to load credentials");
    }
}

package io.github.lateststate.kinesis;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
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

/** What an exception of the server or the client asks for. */
enum Trouble {

    /** Somebody reads too often; perhaps all of us together. */
    THROTTLED,

    /** The iterator is older than five minutes. */
    EXPIRED_ITERATOR,

    /** The stream, the shard or the consumer is not there. */
    NOT_FOUND,

    /** It is being created, changed or used by another. */
    IN_USE,

    /** Credentials, rights or a key are wrong: somebody has to do something, so it is retried slowly. */
    DENIED,

    /** No retry can mend it as it is. */
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
        Throwable cause = Causes.of(thrown);
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
            return of(service);
        }
        return isWithoutCredentials(cause) ? DENIED : OTHER;
    }

    private static Trouble of(AwsServiceException service) {
        String code = service.awsErrorDetails() == null
                ? ""
                : String.valueOf(service.awsErrorDetails().errorCode());
        if (service.isThrottlingException()) {
            return THROTTLED;
        }
        return DENYING_CODES.contains(code) || service.statusCode() == 403 ? DENIED : OTHER;
    }

    /** Says in words a person can act on what is wrong. */
    static SdkClientException explained(Throwable thrown, KinesisSettings settings, String what) {
        Throwable cause = Causes.of(thrown);
        return SdkClientException.create(advice(cause, settings) + ", trying to " + what + " (" + cause + ")", cause);
    }

    private static String advice(Throwable cause, KinesisSettings settings) {
        String stream = settings.describe();
        if (isKey(cause)) {
            return "The key of " + stream + " cannot be used: enable it, and grant kms:Decrypt";
        }
        if (isWithoutCredentials(cause)) {
            return "No credentials for " + stream + ": give some where the AWS SDK looks for them";
        }
        return switch (of(cause)) {
            case THROTTLED -> "Throttled by " + stream + ", whose readers share five reads a second and shard";
            case NOT_FOUND -> "There is no " + stream;
            case DENIED -> "The credentials or rights for " + stream + " do not suffice";
            case INVALID -> "The request was refused by " + stream;
            default ->
                cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException
                        ? "No answer from " + stream
                        : "Trouble with " + stream;
        };
    }

    private static boolean isKey(Throwable cause) {
        return cause instanceof KmsAccessDeniedException
                || cause instanceof KmsDisabledException
                || cause instanceof KmsInvalidStateException
                || cause instanceof KmsNotFoundException
                || cause instanceof KmsOptInRequiredException;
    }

    /** The SDK has no exception of its own for that. */
    private static boolean isWithoutCredentials(Throwable cause) {
        return cause instanceof SdkClientException
                && String.valueOf(cause.getMessage()).contains("Unable to load credentials");
    }
}

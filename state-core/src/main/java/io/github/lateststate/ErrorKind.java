package io.github.lateststate;

import java.util.regex.Pattern;

/**
 * Says which errors the log and the status listeners treat as one. The errors of two retries often differ only in times,
 * or in numbers of requests and attempts.
 */
final class ErrorKind {

    private static final Pattern WORD_WITH_A_DIGIT = Pattern.compile("\\S*\\d\\S*");

    private ErrorKind() {}

    /** The text of an error without its words with digits. Two errors are of one kind if their texts are equal then. */
    static String of(Throwable error) {
        return WORD_WITH_A_DIGIT.matcher(PlainText.of(error)).replaceAll("");
    }
}

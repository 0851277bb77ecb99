package io.github.lateststate.demo.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** An error in the form of RFC 9457, with the members of a health report if there is one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonUnwrapped @Nullable Object health) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail) {
        return of(status, detail, null);
    }

    static Problem of(int status, String detail, @Nullable Object health) {
        return new Problem("about:blank", title(status), status, detail, health);
    }

    /** The standard phrase for the status. Jetty shortens that of 500. */
    private static String title(int status) {
        return status == HttpStatus.INTERNAL_SERVER_ERROR_500 ? "Internal Server Error" : HttpStatus.getMessage(status);
    }
}

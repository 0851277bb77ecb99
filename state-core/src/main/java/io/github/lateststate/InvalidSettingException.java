package io.github.lateststate;

import org.jspecify.annotations.Nullable;

/**
 * A setting or environment variable is unknown, missing, refused or malformed. The message says what to write instead.
 */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The name of the setting. */
    private final String setting;

    /**
     * Reports a setting that is wrong by itself.
     *
     * @param setting its name, as the user wrote it
     * @param message what is wrong and what to do, including the name
     */
    public InvalidSettingException(String setting, String message) {
        this(setting, message, null);
    }

    /**
     * Reports a setting that another component refused.
     *
     * @param setting its name, as the user wrote it
     * @param message what is wrong and what to do, including the name
     * @param cause the refusal
     */
    public InvalidSettingException(String setting, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.setting = setting;
    }

    /**
     * The setting that is wrong.
     *
     * @return the name of the setting or of the environment variable, as the user wrote it
     */
    public String setting() {
        return setting;
    }
}

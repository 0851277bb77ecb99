package io.github.lateststate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from outside safe for a log line, a status or an answer. The result has at most {@value #LONGEST}
 * characters on one line, and each run of white space becomes one space. Control, format, surrogate and separator
 * characters become {@code \}{@code uXXXX}, so text cannot break a line, move the cursor or change its direction.
 */
public final class PlainText {

    /** The longest text, in characters. */
    public static final int LONGEST = 300;

    private static final String MORE = "…";

    private PlainText() {}

    /**
     * Makes text safe to show.
     *
     * @param text anything from outside; not null
     * @return one line of at most {@value #LONGEST} characters
     */
    public static String of(CharSequence text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST));
        int taken = 0;
        while (taken < text.length()) {
            int character = Character.codePointAt(text, taken);
            String shown = shown(character);
            boolean last = taken + Character.charCount(character) == text.length();
            if (plain.length() + shown.length() + (last ? 0 : MORE.length()) > LONGEST) {
                return plain.append(MORE).toString();
            }
            if (!shown.equals(" ") || plain.isEmpty() || plain.charAt(plain.length() - 1) != ' ') {
                plain.append(shown);
            }
            taken += Character.charCount(character);
        }
        return plain.toString();
    }

    /**
     * Makes an exception safe to show: its class and its message.
     *
     * @param thrown the exception; if its {@code getMessage} fails, only its class is shown
     * @return one line of at most {@value #LONGEST} characters
     */
    public static String of(Throwable thrown) {
        String message = message(thrown);
        String name = thrown.getClass().getName();
        return of(message == null ? name : name + ": " + message);
    }

    /**
     * Makes an exception safe to log with its stack trace.
     *
     * @param thrown the exception
     * @return the exception itself if its message and those of its causes are safe to show; else another one with the
     *     same stack traces and safe messages
     */
    public static Throwable trace(Throwable thrown) {
        return PlainTrace.of(thrown);
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getLocalizedMessage();
        } catch (RuntimeException | StackOverflowError e) { // foreign code that may quote a record
            return null;
        }
    }

    private static String shown(int character) {
        if (character == '\n' || character == '\r' || character == '\t') {
            return " ";
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> escaped(character);
            default -> Character.toString(character);
        };
    }

    private static String escaped(int character) {
        StringBuilder escaped = new StringBuilder();
        for (char unit : Character.toChars(character)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
        }
        return escaped.toString();
    }
}

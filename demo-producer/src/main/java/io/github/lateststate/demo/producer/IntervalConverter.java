package io.github.lateststate.demo.producer;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads 500ms, 1s, 2m, and ISO 8601 such as PT1.5S. */
final class IntervalConverter implements ITypeConverter<Duration> {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private static final Map<String, ChronoUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    @Override
    public Duration convert(String text) {
        Duration interval = parsed(text);
        if (interval.isNegative()) {
            throw malformed();
        }
        return interval;
    }

    private static Duration parsed(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            return Duration.of(
                    Long.parseLong(matcher.group(1)), UNITS.getOrDefault(matcher.group(2), ChronoUnit.MILLIS));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw malformed();
        }
    }

    private static TypeConversionException malformed() {
        return new TypeConversionException("not an interval: write for example 500ms, 1s or 2m");
    }
}

package io.github.lateststate.demo.producer;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number of 1 or more. */
final class CountConverter implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        int count = wholeNumberOrZero(text);
        if (count < 1) {
            throw new TypeConversionException("not a number of messages: write 1 or more");
        }
        return count;
    }

    private static int wholeNumberOrZero(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

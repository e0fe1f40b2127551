package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads numbers without ever changing them silently: what does not fit is refused. */
final class NumberReaders {
    private NumberReaders() {}

    /** Reads a whole number in a range; {@code 5.0} and {@code 5e0} are whole. */
    static long whole(JsonParser in, Place place, long min, long max, String type) throws IOException {
        long value = whole(in, place, type);
        if (value < min || value > max) {
            throw JsonFaults.unfit(in, place, "a number out of range", type);
        }
        return value;
    }

    private static long whole(JsonParser in, Place place, String type) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            if (isBig(in)) {
                throw JsonFaults.unfit(in, place, "a number out of range", type);
            }
            return in.getLongValue();
        }
        if (in.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            throw JsonFaults.unfit(in, place, type);
        }
        try {
            return in.getDecimalValue().longValueExact();
        } catch (ArithmeticException notWhole) {
            throw JsonFaults.unfit(in, place, "a number with a fraction or out of range", type);
        }
    }

    /** Reads single precision, where the strings NaN, Infinity and -Infinity stand for themselves. */
    static float single(JsonParser in, Place place) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NUMBER_FLOAT -> (float) finite(in, place, in.getFloatValue(), "float32");
            case VALUE_NUMBER_INT ->
                (float) finite(
                        in, place, isBig(in) ? in.getBigIntegerValue().floatValue() : in.getLongValue(), "float32");
            default -> (float) special(in, place, "float32");
        };
    }

    /** Reads double precision, where the strings NaN, Infinity and -Infinity stand for themselves. */
    static double twofold(JsonParser in, Place place) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_NUMBER_FLOAT -> finite(in, place, in.getDoubleValue(), "float64");
            case VALUE_NUMBER_INT -> finite(in, place, wholeAsDouble(in), "float64");
            default -> special(in, place, "float64");
        };
    }

    private static double wholeAsDouble(JsonParser in) throws IOException {
        return isBig(in) ? in.getBigIntegerValue().doubleValue() : in.getLongValue();
    }

    /** Reads a number without schema: int64 where it is whole and fits, else the nearest float64. */
    static Number schemaless(JsonParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NUMBER_INT && !isBig(in)
                ? (Number) in.getLongValue()
                : (Number) twofold(in, Place.ROOT);
    }

    /**
     * Brings a decimal to the schema's scale where no digit is lost, so that it can be written again. Enlarging is
     * bounded, because a short text such as {@code 1e999999} can stand for very many digits.
     */
    static BigDecimal scaled(BigDecimal value, int scale) {
        long digits = (long) value.precision() - value.scale() + scale;
        if (value.scale() == scale || digits > 1000) {
            return value;
        }
        BigDecimal shortest = value.stripTrailingZeros();
        return shortest.scale() <= scale ? shortest.setScale(scale) : value;
    }

    private static boolean isBig(JsonParser in) throws IOException {
        return in.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
    }

    private static double finite(JsonParser in, Place place, double value, String type) {
        if (Double.isInfinite(value)) {
            throw JsonFaults.unfit(in, place, "a number out of range", type);
        }
        return value;
    }

    private static double special(JsonParser in, Place place, String type) throws IOException {
        String word = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        return switch (word) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw JsonFaults.unfit(in, place, type);
        };
    }
}

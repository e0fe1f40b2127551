package dev.sluice.connector.jdbc.type;

import dev.sluice.api.error.DataException;
import java.math.BigDecimal;

/** Reads numbers from PostgreSQL's text, without a string where they are short. */
final class PostgresNumbers {
    /** Up to so many digits a long holds any number, and up to 15 a double holds it exactly. */
    private static final int LONG_DIGITS = 18;

    private static final int DOUBLE_DIGITS = 15;

    /** Powers of ten that a double holds exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private PostgresNumbers() {}

    static long integer(byte[] text, int from, int to) {
        boolean isNegative = text[from] == '-';
        int begin = isNegative ? from + 1 : from;
        if (to - begin > LONG_DIGITS) {
            return Long.parseLong(PostgresDecoders.ascii(text, from, to));
        }
        long value = 0;
        for (int i = begin; i < to; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return isNegative ? -value : value;
    }

    /**
     * Reads a double. Short decimals are one whole number divided by one power of ten, both exact in a double, so that the
     * quotient is rounded once and right (W. Clinger, How to Read Floating Point Numbers Accurately, 1990).
     */
    static double floating(byte[] text, int from, int to) {
        int begin = text[from] == '-' ? from + 1 : from;
        int point = -1;
        long digits = 0;
        boolean isPlain = to - begin <= DOUBLE_DIGITS;
        for (int i = begin; isPlain && i < to; i++) {
            if (text[i] == '.') {
                point = i;
            } else if (text[i] >= '0' && text[i] <= '9') {
                digits = digits * 10 + (text[i] - '0');
            } else {
                isPlain = false;
            }
        }
        if (!isPlain) {
            return slowly(PostgresDecoders.ascii(text, from, to));
        }
        double value = point < 0 ? digits : digits / POWERS[to - point - 1];
        return begin == from ? value : -value;
    }

    private static double slowly(String text) {
        return switch (text) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    static BigDecimal decimal(byte[] text, int from, int to) {
        int begin = text[from] == '-' ? from + 1 : from;
        int scale = 0;
        long digits = 0;
        boolean isPlain = to - begin <= LONG_DIGITS;
        for (int i = begin; isPlain && i < to; i++) {
            if (text[i] == '.') {
                scale = to - i - 1;
            } else if (text[i] >= '0' && text[i] <= '9') {
                digits = digits * 10 + (text[i] - '0');
            } else {
                isPlain = false;
            }
        }
        return isPlain
                ? BigDecimal.valueOf(begin == from ? digits : -digits, scale)
                : exactly(PostgresDecoders.ascii(text, from, to));
    }

    private static BigDecimal exactly(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException special) {
            throw new DataException(
                    "Cannot read a numeric value as a decimal: it is NaN or infinite. Set numeric.mapping to"
                            + " best_fit_eager_double, or correct the row.",
                    special);
        }
    }
}

package dev.sluice.connector.jdbc.type;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;

/** Says what becomes of {@code NUMERIC} and {@code DECIMAL} columns whose digits are limited. */
public enum NumericMapping {
    /** Exact decimals, always. */
    NONE,
    /** Whole numbers up to 18 digits become integers; the rest stays exact. */
    PRECISION_ONLY,
    /** Up to 18 digits: whole numbers become integers, others doubles; longer ones stay exact. */
    BEST_FIT,
    /** As {@link #BEST_FIT}, and every number with a fraction becomes a double. */
    BEST_FIT_EAGER_DOUBLE;

    /** The digits that a 64-bit integer surely holds. */
    private static final int DIGITS_MAX = 18;

    /**
     * Returns the required schema.
     *
     * @param digits all digits, before and after the point; at least 1
     * @param scale digits after the point; negative for numbers that end in zeros
     */
    public Schema schema(int digits, int scale) {
        boolean isShort = digits <= DIGITS_MAX;
        if (this != NONE && scale == 0 && isShort) {
            return integer(digits);
        }
        boolean isDouble = (this == BEST_FIT && isShort) || this == BEST_FIT_EAGER_DOUBLE;
        return isDouble && scale > 0 ? Schema.FLOAT64 : LogicalType.decimal(scale);
    }

    private static Schema integer(int digits) {
        if (digits > 9) {
            return Schema.INT64;
        }
        if (digits > 4) {
            return Schema.INT32;
        }
        return digits > 2 ? Schema.INT16 : Schema.INT8;
    }
}

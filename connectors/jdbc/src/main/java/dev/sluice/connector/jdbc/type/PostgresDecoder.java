package dev.sluice.connector.jdbc.type;

/**
 * Reads a value in PostgreSQL's text form, as {@code COPY} and logical decoding send it. Immutable; any thread.
 *
 * <p>The session must write dates by {@code datestyle ISO}, intervals by {@code intervalstyle iso_8601}, bytes by
 * {@code bytea_output hex}, times in the zone {@code UTC} and floating point exactly: {@link #SESSION} sees to it.
 */
@FunctionalInterface
public interface PostgresDecoder {
    /** The settings of a session on which decoders rely, as one statement for the current transaction. */
    String SESSION = "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601';"
            + " SET LOCAL bytea_output = 'hex'; SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 1;"
            + " SET LOCAL standard_conforming_strings = on";

    /**
     * Returns the value that fits the column's schema.
     *
     * @param text holds the UTF-8 bytes of the value
     * @param from the first byte
     * @param to behind the last byte
     * @throws dev.sluice.api.error.DataException if the schema cannot express the value
     */
    Object decode(byte[] text, int from, int to);
}

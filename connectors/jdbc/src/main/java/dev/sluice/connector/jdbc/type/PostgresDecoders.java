package dev.sluice.connector.jdbc.type;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.api.data.ArraySchema;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.table.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Finds the decoder of a column once, so that no value asks for its type. */
public final class PostgresDecoders {
    private PostgresDecoders() {}

    /**
     * Returns the decoder of a type.
     *
     * @param schema what {@link PostgresSchemas#of} says for the type under the same rules; optional or not
     */
    public static PostgresDecoder of(ColumnType type, Schema schema, TypeRules rules) {
        return switch (type.name()) {
            case "bool" -> (text, from, to) -> text[from] == 't';
            case "bit" ->
                schema.type() == SchemaType.BOOLEAN ? (text, from, to) -> text[from] == '1' : PostgresDecoders::text;
            case "int2", "smallserial" -> (text, from, to) -> (short) PostgresNumbers.integer(text, from, to);
            case "int4", "serial" -> (text, from, to) -> (int) PostgresNumbers.integer(text, from, to);
            case "int8", "bigserial", "oid", "xid8" -> PostgresNumbers::integer;
            case "float4" -> (text, from, to) -> Float.parseFloat(ascii(text, from, to));
            case "float8" -> PostgresNumbers::floating;
            case "numeric" -> numeric(schema);
            case "money" -> money();
            case "bytea" -> PostgresDecoders::bytes;
            case "date" -> (text, from, to) -> rules.calendar().day(PostgresTimes.date(text, from, to));
            case "time" -> PostgresTimes::time;
            case "timestamp" ->
                (text, from, to) ->
                        rules.timestamps().value(PostgresTimes.timestamp(text, from, to, rules.zone()), rules.zone());
            case "timestamptz" ->
                (text, from, to) -> rules.timestamps().value(PostgresTimes.instant(text, from, to), rules.zone());
            case "hstore" -> PostgresNested::map;
            default -> schema instanceof ArraySchema array ? array(type, array, rules) : PostgresDecoders::text;
        };
    }

    private static PostgresDecoder array(ColumnType type, ArraySchema schema, TypeRules rules) {
        PostgresDecoder element = of(PostgresSchemas.element(type), schema.items(), rules);
        // Boxes are the only elements that are not separated by commas.
        char separator = type.name().equals("_box") ? ';' : ',';
        return (text, from, to) -> PostgresNested.array(text, from, to, separator, element);
    }

    private static PostgresDecoder numeric(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> (text, from, to) -> (byte) PostgresNumbers.integer(text, from, to);
            case INT16 -> (text, from, to) -> (short) PostgresNumbers.integer(text, from, to);
            case INT32 -> (text, from, to) -> (int) PostgresNumbers.integer(text, from, to);
            case INT64 -> PostgresNumbers::integer;
            case FLOAT64 -> PostgresNumbers::floating;
            case BYTES -> decimal(LogicalType.scale(schema));
            default -> PostgresDecoders::text;
        };
    }

    private static PostgresDecoder decimal(int scale) {
        return (text, from, to) -> scaled(PostgresNumbers.decimal(text, from, to), scale);
    }

    private static BigDecimal scaled(BigDecimal value, int scale) {
        return value.scale() == scale ? value : value.setScale(scale, RoundingMode.UNNECESSARY);
    }

    /** Money is written as the locale wants it: the point is what stands before the last one or two digits. */
    private static PostgresDecoder money() {
        return (text, from, to) -> {
            StringBuilder digits = new StringBuilder();
            for (int i = from; i < to; i++) {
                if (text[i] >= '0' && text[i] <= '9') {
                    digits.append((char) text[i]);
                }
            }
            boolean isNegative = text[from] == '-' || text[from] == '(';
            boolean hasCents = to - from > 3 && (text[to - 3] == '.' || text[to - 3] == ',');
            BigDecimal amount = new BigDecimal(digits.toString()).movePointLeft(hasCents ? 2 : 0);
            return scaled(isNegative ? amount.negate() : amount, 2);
        };
    }

    static String text(byte[] text, int from, int to) {
        return new String(text, from, to - from, UTF_8);
    }

    static String ascii(byte[] text, int from, int to) {
        return new String(text, from, to - from, ISO_8859_1);
    }

    /** {@code \x} and two hexadecimal digits a byte. */
    private static byte[] bytes(byte[] text, int from, int to) {
        if (to - from < 2 || text[from] != '\\' || text[from + 1] != 'x') {
            throw new DataException("Cannot read bytes: they do not begin with \\x. Leave bytea_output at hex.");
        }
        byte[] bytes = new byte[(to - from - 2) / 2];
        for (int i = 0; i < bytes.length; i++) {
            int at = from + 2 + 2 * i;
            bytes[i] = (byte) (Character.digit(text[at], 16) << 4 | Character.digit(text[at + 1], 16));
        }
        return bytes;
    }
}

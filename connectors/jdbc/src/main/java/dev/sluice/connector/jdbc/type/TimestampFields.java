package dev.sluice.connector.jdbc.type;

import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import dev.sluice.connector.jdbc.dialect.SqlType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/** Reads as timestamps what has another schema: milliseconds since 1970, and texts in ISO 8601. */
public final class TimestampFields {
    private static final Pattern ZONE = Pattern.compile("T.*(Z|[+-]\\d\\d:\\d\\d)$");

    private TimestampFields() {}

    /** Returns the type of a field that holds timestamps as numbers or texts. */
    public static FieldType of(FieldType type) {
        return new FieldType(
                ValueKind.INSTANT,
                type.schema(),
                new SqlType(ColumnKind.TIMESTAMP, 0, 6, null),
                value -> instant(type.plain().apply(value)));
    }

    private static Instant instant(Object value) {
        if (value instanceof Instant same) {
            return same;
        }
        if (value instanceof Number millis) {
            return Instant.ofEpochMilli(millis.longValue());
        }
        String text = value.toString().strip().replace(' ', 'T');
        try {
            return ZONE.matcher(text).find()
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw new DataException("it is no time in ISO 8601", malformed);
        }
    }
}

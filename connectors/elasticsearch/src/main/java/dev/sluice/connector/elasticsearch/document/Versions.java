package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gives documents their versions. Pure.
 *
 * @param source what versions are; never auto
 * @param header the header that holds them instead; empty for none
 */
record Versions(WriteKeys.VersionSource source, String header) {
    /**
     * A version.
     *
     * @param number the number
     * @param takesEqual whether a document of the same version is replaced, since several records may share one
     */
    record Version(long number, boolean takesEqual) {}

    /** Returns whether versions are offsets. */
    boolean areOffsets() {
        return header.isEmpty() && source == WriteKeys.VersionSource.OFFSET;
    }

    /** Returns the version of a record's document, or null for none. */
    @Nullable
    Version of(SinkRecord record) {
        if (!header.isEmpty()) {
            return new Version(ofHeader(record), false);
        }
        return switch (source) {
            case OFFSET -> new Version(record.origin().offset(), false);
            case TIMESTAMP -> new Version(ofTimestamp(record), true);
            case NONE, AUTO -> null;
        };
    }

    private static long ofTimestamp(SinkRecord record) {
        Long millis = record.timestampMillis();
        if (millis == null || millis < 0) {
            throw new DataException(
                    "Cannot give the document a version: the record has no timestamp, or one before 1970. Set"
                            + " document.version to something else.");
        }
        return millis;
    }

    private long ofHeader(SinkRecord record) {
        Object value = record.headers().last(header).map(SchemaAndValue::value).orElse(null);
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return notNegative(((Number) value).longValue());
        }
        String text = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
        try {
            return notNegative(Long.parseLong(text.strip()));
        } catch (NumberFormatException noNumber) {
            throw new DataException(
                    "Cannot give the document a version: header " + header + " is "
                            + (value == null ? "missing" : "no whole number")
                            + ". Send it with every record, or leave external.version.header out.",
                    noNumber);
        }
    }

    private long notNegative(long version) {
        if (version < 0) {
            throw new DataException("Cannot give the document a version: header " + header
                    + " is negative, and versions begin at 0. Correct it where it is made.");
        }
        return version;
    }
}

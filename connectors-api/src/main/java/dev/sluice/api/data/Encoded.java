package dev.sluice.api.data;

/**
 * A value in its encoded form.
 *
 * @param bytes the whole encoded value; shared, so nobody may change it
 * @param mediaType what the bytes are, such as {@link #JSON}; compared as it stands
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Shared on purpose: a copy per record would cost more than the rest of its way.
public record Encoded(byte[] bytes, String mediaType) {
    /** Schemaless JSON in UTF-8. */
    public static final String JSON = "application/json";
    /** Text in UTF-8. */
    public static final String UTF8_TEXT = "text/plain; charset=utf-8";

    /** Names the type and the size, never the contents. */
    @Override
    public String toString() {
        return "Encoded[" + mediaType + ", " + bytes.length + " bytes]";
    }
}

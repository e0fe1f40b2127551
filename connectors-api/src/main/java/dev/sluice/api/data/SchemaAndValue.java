package dev.sluice.api.data;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value and its schema: the key or value of a record, or the value of a header.
 *
 * <p>Either decoded from the start ({@link #of}), or still in its encoded form until somebody reads it
 * ({@link #undecoded}). Undecoded data lets a value travel from a file to the log, or from the log to a server, without
 * being parsed where no one looks into it: a converter that produces the same media type passes the bytes through, and a
 * sink that understands it writes them out. Reading {@link #schema()} or {@link #value()} decodes once and remembers.
 *
 * <p>Decoded data is immutable and may cross threads; undecoded data belongs to one thread at a time.
 */
public final class SchemaAndValue {
    /** Null without a schema: a missing key, or a tombstone. */
    public static final SchemaAndValue NULL = new SchemaAndValue(null, null, null, null);

    private final @Nullable Encoded encoded;
    private @Nullable Function<byte[], SchemaAndValue> decoder;
    private @Nullable Schema schema;
    private @Nullable Object value;

    private SchemaAndValue(
            @Nullable Schema schema,
            @Nullable Object value,
            @Nullable Encoded encoded,
            @Nullable Function<byte[], SchemaAndValue> decoder) {
        this.schema = schema;
        this.value = value;
        this.encoded = encoded;
        this.decoder = decoder;
    }

    /** Returns decoded data. A null schema means schemaless: maps, lists, strings, numbers, booleans, bytes, null. */
    public static SchemaAndValue of(@Nullable Schema schema, @Nullable Object value) {
        return schema == null && value == null ? NULL : new SchemaAndValue(schema, value, null, null);
    }

    /** Returns schemaless decoded data. */
    public static SchemaAndValue schemaless(@Nullable Object value) {
        return of(null, value);
    }

    /** Returns a text with the required string schema. */
    public static SchemaAndValue string(String value) {
        return of(Schema.STRING, value);
    }

    /**
     * Returns data that stays encoded until somebody reads it.
     *
     * @param encoded the bytes and what they are
     * @param decoder called at most once, on the reader's thread; it may throw a
     *     {@link dev.sluice.api.error.DataException}, which reaches that reader
     */
    public static SchemaAndValue undecoded(Encoded encoded, Function<byte[], SchemaAndValue> decoder) {
        return new SchemaAndValue(
                null, null, Objects.requireNonNull(encoded, "encoded"), Objects.requireNonNull(decoder, "decoder"));
    }

    /** Returns the schema, or null for schemaless data; decodes if needed. */
    public @Nullable Schema schema() {
        decode();
        return schema;
    }

    /** Returns the value, or null; decodes if needed. */
    public @Nullable Object value() {
        decode();
        return value;
    }

    /** Returns whether key or value is absent: null decoded data. Encoded data is never null. */
    public boolean isNull() {
        return encoded == null && value == null;
    }

    /**
     * Returns the encoded form if there is one in exactly this media type, without decoding. It stays available after the
     * value was read.
     */
    public Optional<byte[]> encodedAs(String mediaType) {
        return encoded != null && encoded.mediaType().equals(mediaType)
                ? Optional.of(encoded.bytes())
                : Optional.empty();
    }

    /** Returns the encoded form, whatever its media type, without decoding; empty for data that was decoded from the start. */
    public Optional<Encoded> encoded() {
        return Optional.ofNullable(encoded);
    }

    private void decode() {
        Function<byte[], SchemaAndValue> pending = decoder;
        if (pending == null || encoded == null) {
            return;
        }
        SchemaAndValue decoded = pending.apply(encoded.bytes());
        schema = decoded.schema();
        value = decoded.value();
        decoder = null;
    }

    /** Compares schema and value, decoding both; bytes count by content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SchemaAndValue that
                        && Objects.equals(schema(), that.schema())
                        && DeepValue.equal(value(), that.value()));
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(schema()) + DeepValue.hash(value());
    }

    /** Names the schema's type, never the value. */
    @Override
    public String toString() {
        if (encoded != null) {
            return "SchemaAndValue[" + encoded + "]";
        }
        String type = schema == null ? "schemaless" : schema.type().wireName();
        return "SchemaAndValue[" + type + (value == null ? " null" : "") + "]";
    }
}

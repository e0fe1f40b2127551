package dev.sluice.plugin.standard;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the converters of one primitive type share: null stays null in both directions, data read has the optional schema
 * of the type, and there are no settings. A schema that is written is not looked at, only the value's class is. Null that
 * is read has no schema, so that it stays a tombstone for every converter; Kafka Connect gives it the optional schema.
 */
abstract class PrimitiveConverter implements Converter, HeaderConverter {
    private final SchemaType type;
    private final Schema schema;

    PrimitiveConverter(SchemaType type) {
        this.type = type;
        this.schema = Schema.of(type).optional();
    }

    /** Returns the bytes of a value that the type carries. */
    abstract byte[] write(Object value);

    /**
     * Returns the value of bytes.
     *
     * @throws DataException if they are none of this type
     */
    abstract Object read(byte[] bytes);

    @Override
    public final ConfigSpec configSpec() {
        return ConfigSpec.of();
    }

    @Override
    public final void configure(Config config, ConverterRole role) {}

    @Override
    public final void configure(Config config) {}

    @Override
    public final byte @Nullable [] encode(String topic, Headers headers, SchemaAndValue data) {
        return encode(data.value());
    }

    @Override
    public final byte @Nullable [] encode(String topic, String headerKey, SchemaAndValue data) {
        return encode(data.value());
    }

    private byte @Nullable [] encode(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!type.carries(value)) {
            throw new DataException("Cannot write a " + value.getClass().getName() + " with " + name() + ": expected "
                    + type.javaType().getSimpleName() + ". Choose the converter of the data's type.");
        }
        return write(value);
    }

    @Override
    public final SchemaAndValue decode(String topic, Headers headers, byte @Nullable [] bytes) {
        return decode(bytes);
    }

    @Override
    public final SchemaAndValue decode(String topic, String headerKey, byte @Nullable [] bytes) {
        return decode(bytes);
    }

    private SchemaAndValue decode(byte @Nullable [] bytes) {
        return bytes == null ? SchemaAndValue.NULL : SchemaAndValue.of(schema, read(bytes));
    }

    final void requireSize(byte[] bytes, int sizeBytes) {
        if (bytes.length != sizeBytes) {
            throw new DataException("Cannot read " + bytes.length + " bytes with " + name() + ": expected exactly "
                    + sizeBytes + ". Choose the converter of the data's type.");
        }
    }

    final String name() {
        return getClass().getSimpleName();
    }

    @Override
    public final void close() {}
}

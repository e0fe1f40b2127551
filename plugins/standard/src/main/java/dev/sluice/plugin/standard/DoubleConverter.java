package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;
import java.nio.ByteBuffer;

/**
 * Writes float64 as its 8 bytes of IEEE 754, the highest first, as Kafka's DoubleSerializer does;
 * every NaN becomes the canonical one.
 */
public final class DoubleConverter extends PrimitiveConverter {
    /** Creates the converter. */
    public DoubleConverter() {
        super(SchemaType.FLOAT64);
    }

    @Override
    byte[] write(Object value) {
        return ByteBuffer.allocate(Double.BYTES)
                .putLong(Double.doubleToLongBits((Double) value))
                .array();
    }

    @Override
    Object read(byte[] bytes) {
        requireSize(bytes, Double.BYTES);
        return ByteBuffer.wrap(bytes).getDouble();
    }
}

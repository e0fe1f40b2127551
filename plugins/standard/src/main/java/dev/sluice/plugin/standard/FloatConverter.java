package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;
import java.nio.ByteBuffer;

/** Writes float32 as its 4 bytes of IEEE 754, the highest first, as Kafka's FloatSerializer does. */
public final class FloatConverter extends PrimitiveConverter {
    /** Creates the converter. */
    public FloatConverter() {
        super(SchemaType.FLOAT32);
    }

    @Override
    byte[] write(Object value) {
        return ByteBuffer.allocate(Float.BYTES).putFloat((Float) value).array();
    }

    @Override
    Object read(byte[] bytes) {
        requireSize(bytes, Float.BYTES);
        return ByteBuffer.wrap(bytes).getFloat();
    }
}

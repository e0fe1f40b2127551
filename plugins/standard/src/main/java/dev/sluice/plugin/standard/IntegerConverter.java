package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;
import java.nio.ByteBuffer;

/** Writes int32 as 4 bytes, the highest first, as Kafka's IntegerSerializer does. */
public final class IntegerConverter extends PrimitiveConverter {
    /** Creates the converter. */
    public IntegerConverter() {
        super(SchemaType.INT32);
    }

    @Override
    byte[] write(Object value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt((Integer) value).array();
    }

    @Override
    Object read(byte[] bytes) {
        requireSize(bytes, Integer.BYTES);
        return ByteBuffer.wrap(bytes).getInt();
    }
}

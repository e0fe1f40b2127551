package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;
import java.nio.ByteBuffer;

/** Writes int64 as 8 bytes, the highest first, as Kafka's LongSerializer does. */
public final class LongConverter extends PrimitiveConverter {
    /** Creates the converter. */
    public LongConverter() {
        super(SchemaType.INT64);
    }

    @Override
    byte[] write(Object value) {
        return ByteBuffer.allocate(Long.BYTES).putLong((Long) value).array();
    }

    @Override
    Object read(byte[] bytes) {
        requireSize(bytes, Long.BYTES);
        return ByteBuffer.wrap(bytes).getLong();
    }
}

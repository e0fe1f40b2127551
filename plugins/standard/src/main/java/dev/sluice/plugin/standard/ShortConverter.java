package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;
import java.nio.ByteBuffer;

/** Writes int16 as 2 bytes, the highest first, as Kafka's ShortSerializer does. */
public final class ShortConverter extends PrimitiveConverter {
    /** Creates the converter. */
    public ShortConverter() {
        super(SchemaType.INT16);
    }

    @Override
    byte[] write(Object value) {
        return ByteBuffer.allocate(Short.BYTES).putShort((Short) value).array();
    }

    @Override
    Object read(byte[] bytes) {
        requireSize(bytes, Short.BYTES);
        return ByteBuffer.wrap(bytes).getShort();
    }
}

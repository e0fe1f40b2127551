package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;
import java.nio.ByteBuffer;

/**
 * Passes bytes through. Arrays are neither copied nor changed; of a byte buffer the remaining bytes are written and its
 * position is left alone.
 */
public final class ByteArrayConverter extends PrimitiveConverter {
    /** Creates the converter. */
    public ByteArrayConverter() {
        super(SchemaType.BYTES);
    }

    @Override
    byte[] write(Object value) {
        if (value instanceof byte[] array) {
            return array;
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    Object read(byte[] bytes) {
        return bytes;
    }
}

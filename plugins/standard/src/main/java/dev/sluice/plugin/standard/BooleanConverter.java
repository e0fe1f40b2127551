package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;
import dev.sluice.api.error.DataException;

/** Writes boolean as one byte, 1 for true and 0 for false, as Kafka's BooleanSerializer does; other bytes are refused. */
public final class BooleanConverter extends PrimitiveConverter {
    /** Creates the converter. */
    public BooleanConverter() {
        super(SchemaType.BOOLEAN);
    }

    @Override
    byte[] write(Object value) {
        return new byte[] {(byte) ((Boolean) value ? 1 : 0)};
    }

    @Override
    Object read(byte[] bytes) {
        requireSize(bytes, 1);
        if (bytes[0] != 0 && bytes[0] != 1) {
            throw new DataException("Cannot read the byte " + bytes[0] + " with BooleanConverter: expected 0 or 1."
                    + " Choose the converter of the data's type.");
        }
        return bytes[0] == 1;
    }
}

package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;

/** The contract of converters for bytes. */
class ByteArrayConverterTest extends PrimitiveBehaviour {
    ByteArrayConverterTest() {
        super(new ByteArrayConverter(), SchemaType.BYTES);
    }
}

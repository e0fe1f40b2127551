package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;

/** The contract of converters for float32. */
class FloatConverterTest extends PrimitiveBehaviour {
    FloatConverterTest() {
        super(new FloatConverter(), SchemaType.FLOAT32);
    }
}

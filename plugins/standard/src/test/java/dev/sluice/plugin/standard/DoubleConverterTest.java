package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;

/** The contract of converters for float64. */
class DoubleConverterTest extends PrimitiveBehaviour {
    DoubleConverterTest() {
        super(new DoubleConverter(), SchemaType.FLOAT64);
    }
}

package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;

/** The contract of converters for int32. */
class IntegerConverterTest extends PrimitiveBehaviour {
    IntegerConverterTest() {
        super(new IntegerConverter(), SchemaType.INT32);
    }
}

package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;

/** The contract of converters for int16. */
class ShortConverterTest extends PrimitiveBehaviour {
    ShortConverterTest() {
        super(new ShortConverter(), SchemaType.INT16);
    }
}

package dev.sluice.plugin.standard;

import dev.sluice.api.data.SchemaType;

/** The contract of converters for int64. */
class LongConverterTest extends PrimitiveBehaviour {
    LongConverterTest() {
        super(new LongConverter(), SchemaType.INT64);
    }
}

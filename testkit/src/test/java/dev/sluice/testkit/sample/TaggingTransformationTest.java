package dev.sluice.testkit.sample;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.transform.Transformation;
import dev.sluice.testkit.behaviour.TransformationBehaviour;
import java.util.HashMap;
import java.util.Map;

/** A transformation that keeps the contract. */
class TaggingTransformationTest extends TransformationBehaviour {
    @Override
    protected Transformation newPlugin() {
        return new TaggingTransformation(TransformationFlaw.NONE);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("tag", "checked");
    }

    @Override
    protected SchemaAndValue input() {
        return SchemaAndValue.schemaless(new HashMap<>(Map.of("id", 7L)));
    }
}

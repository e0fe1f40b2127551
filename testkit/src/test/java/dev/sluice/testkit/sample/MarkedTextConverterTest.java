package dev.sluice.testkit.sample;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.testkit.behaviour.ConverterAbility;
import dev.sluice.testkit.behaviour.ConverterBehaviour;
import java.util.Map;
import java.util.Set;

/** A converter that keeps the contract for the one type that it takes. */
class MarkedTextConverterTest extends ConverterBehaviour {
    @Override
    protected Converter newPlugin() {
        return new MarkedTextConverter(ConverterFlaw.NONE);
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of();
    }

    @Override
    protected Set<SchemaType> types() {
        return Set.of(SchemaType.STRING);
    }

    @Override
    protected Set<LogicalType> logicalTypes() {
        return Set.of();
    }

    @Override
    protected SchemaAndValue decoded(SchemaAndValue written) {
        return written.isNull() || written.value() == null
                ? SchemaAndValue.NULL
                : SchemaAndValue.of(Schema.STRING.optional(), written.value());
    }

    @Override
    protected Set<ConverterAbility> abilities() {
        return Set.of(ConverterAbility.REFUSES_FOREIGN_BYTES, ConverterAbility.MEDIA_TYPE);
    }
}

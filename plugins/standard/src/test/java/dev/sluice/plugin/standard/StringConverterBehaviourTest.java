package dev.sluice.plugin.standard;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.testkit.behaviour.ConverterAbility;
import dev.sluice.testkit.behaviour.ConverterBehaviour;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The contract of converters: everything but bytes becomes text. */
class StringConverterBehaviourTest extends ConverterBehaviour {
    @Override
    protected Converter newPlugin() {
        return new StringConverter();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of();
    }

    @Override
    protected Set<SchemaType> types() {
        return EnumSet.complementOf(EnumSet.of(SchemaType.BYTES));
    }

    @Override
    protected SchemaAndValue decoded(SchemaAndValue written) {
        Object value = written.value();
        return value == null ? SchemaAndValue.NULL : SchemaAndValue.of(Schema.STRING.optional(), PlainText.of(value));
    }

    @Override
    protected Set<ConverterAbility> abilities() {
        return EnumSet.of(ConverterAbility.SCHEMALESS, ConverterAbility.MEDIA_TYPE);
    }
}

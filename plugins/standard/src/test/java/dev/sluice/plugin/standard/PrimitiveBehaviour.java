package dev.sluice.plugin.standard;

import dev.sluice.api.convert.Converter;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.SchemaType;
import dev.sluice.testkit.behaviour.ConverterAbility;
import dev.sluice.testkit.behaviour.ConverterBehaviour;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The contract of converters, for those of one type. */
abstract class PrimitiveBehaviour extends ConverterBehaviour {
    private final Converter plugin;
    private final SchemaType type;

    PrimitiveBehaviour(Converter plugin, SchemaType type) {
        this.plugin = plugin;
        this.type = type;
    }

    @Override
    protected Converter newPlugin() {
        return plugin;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of();
    }

    @Override
    protected Set<SchemaType> types() {
        return EnumSet.of(type);
    }

    @Override
    protected Set<LogicalType> logicalTypes() {
        return EnumSet.noneOf(LogicalType.class);
    }

    @Override
    protected SchemaAndValue decoded(SchemaAndValue written) {
        return written.isNull()
                ? SchemaAndValue.NULL
                : SchemaAndValue.of(Schema.of(type).optional(), written.value());
    }

    @Override
    protected List<byte[]> foreignBytes() {
        return List.of(new byte[3], new byte[9]);
    }

    @Override
    protected Set<ConverterAbility> abilities() {
        return type == SchemaType.BYTES
                ? EnumSet.noneOf(ConverterAbility.class)
                : EnumSet.of(ConverterAbility.REFUSES_FOREIGN_BYTES);
    }
}

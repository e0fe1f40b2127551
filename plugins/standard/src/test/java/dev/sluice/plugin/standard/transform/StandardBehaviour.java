package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.transform.Transformation;
import dev.sluice.testkit.behaviour.TransformationAbility;
import dev.sluice.testkit.behaviour.TransformationBehaviour;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The contract of transformations, for one of the standard ones. */
abstract class StandardBehaviour extends TransformationBehaviour {
    private static final StructSchema ORDER = Schema.struct("Order")
            .field("id", Schema.INT64)
            .field("customer", Schema.STRING)
            .field("note", Schema.STRING.optional())
            .field("paid", Schema.BOOLEAN.withDefault(false))
            .build();

    private final Supplier<Transformation> maker;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Set<TransformationAbility> refused = EnumSet.noneOf(TransformationAbility.class);

    /** Takes settings as names and values in turn. */
    StandardBehaviour(Supplier<Transformation> maker, String... settings) {
        this.maker = maker;
        for (int i = 0; i < settings.length; i += 2) {
            this.settings.put(settings[i], settings[i + 1]);
        }
    }

    /** Says that null is refused there. */
    final void refuses(TransformationAbility ability) {
        refused.add(ability);
    }

    @Override
    protected Transformation newPlugin() {
        return maker.get();
    }

    @Override
    protected Map<String, String> settings() {
        return settings;
    }

    @Override
    protected SchemaAndValue input() {
        return SchemaAndValue.of(
                ORDER,
                Struct.builder(ORDER).set("id", 42L).set("customer", "Ada").build());
    }

    @Override
    protected Set<TransformationAbility> abilities() {
        return EnumSet.complementOf(
                EnumSet.copyOf(refused.isEmpty() ? EnumSet.noneOf(TransformationAbility.class) : refused));
    }
}

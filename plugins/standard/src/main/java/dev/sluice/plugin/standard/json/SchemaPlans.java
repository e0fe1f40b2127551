package dev.sluice.plugin.standard.json;

import dev.sluice.api.data.Schema;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Keeps for each schema what writing its values needs. The schema of the record before is found by identity. */
final class SchemaPlans {
    private static final byte[] NOTHING = {};
    private static final byte[] SCHEMA = "{\"schema\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.UTF_8);

    private final boolean hasEnvelope;
    private final ValueWriters writers;
    private final JsonOutput output;
    private final LruCache<Schema, Plan> kept;
    private final Plan schemaless;
    private @Nullable Schema lastSchema;
    private Plan lastPlan;

    SchemaPlans(JsonConverterConfig settings, JsonOutput output) {
        this.hasEnvelope = settings.schemasEnabled();
        this.writers = new ValueWriters(settings.decimalFormat(), settings.replacesNullWithDefault());
        this.output = output;
        this.kept = new LruCache<>(settings.cacheSize());
        this.schemaless = newPlan(null);
        this.lastPlan = schemaless;
    }

    /**
     * How to write the values of one schema.
     *
     * @param start the envelope up to the payload, or nothing; nobody changes it
     * @param writer writes the payload
     */
    @SuppressWarnings("ArrayRecordComponent") // Copying it for every record would undo the cache.
    record Plan(byte[] start, ValueWriter writer) {}

    Plan plan(@Nullable Schema schema) {
        if (schema == null) {
            return schemaless;
        }
        if (schema != lastSchema) {
            lastPlan = keptPlan(schema);
            lastSchema = schema;
        }
        return lastPlan;
    }

    private Plan keptPlan(Schema schema) {
        Plan plan = kept.get(schema);
        if (plan == null) {
            plan = newPlan(schema);
            kept.put(schema, plan);
        }
        return plan;
    }

    private Plan newPlan(@Nullable Schema schema) {
        byte[] start = hasEnvelope
                ? output.write(SCHEMA, (out, value) -> new SchemaWriter(writers).write(out, schema), null, PAYLOAD)
                : NOTHING;
        return new Plan(start, writers.writer(schema));
    }
}

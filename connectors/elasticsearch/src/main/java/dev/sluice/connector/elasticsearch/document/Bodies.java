package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as documents. Belongs to the task's thread. */
final class Bodies {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PLANS_MAX = 1_000;

    private final ValueWriters writers;
    private final PlainWriter plain;
    private final Map<Shape, StructWriter> plans = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shape, StructWriter> eldest) {
            return size() > PLANS_MAX;
        }
    };
    private @Nullable Shape lastShape;
    private @Nullable StructWriter lastPlan;

    /** Which fields of which schema: records that follow each other mostly share it. */
    private record Shape(StructSchema schema, FieldRules rules, Omitted omitted) {}

    Bodies(BodyRules rules) {
        this.writers = new ValueWriters(rules);
        this.plain = new PlainWriter(writers);
    }

    /**
     * Writes a struct or map as an object.
     *
     * @param omitted fields of a struct that are left out
     * @param added members that stand first, in place of fields of their name
     * @throws DataException if it is neither, or a value in it has no form in JSON
     */
    void write(LineBuffer out, @Nullable Object value, FieldRules rules, Omitted omitted, Map<String, ?> added) {
        int start = out.size();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (Map.Entry<String, ?> each : added.entrySet()) {
                json.writeFieldName(each.getKey());
                plain.write(json, each.getValue());
            }
            writeMembers(json, value, rules, omitted, added);
            json.writeEndObject();
        } catch (BadValueException bad) {
            out.cut(start);
            throw bad.asDataException();
        } catch (IOException refused) {
            out.cut(start);
            throw new DataException(
                    "Cannot write the value into a document: " + refused.getMessage() + ". Make it less deep.",
                    refused);
        }
    }

    private void writeMembers(
            JsonGenerator json, @Nullable Object value, FieldRules rules, Omitted omitted, Map<String, ?> added)
            throws IOException {
        if (value instanceof Struct struct) {
            plan(struct.schema(), rules, omitted).writeMembers(json, struct, added);
        } else if (value instanceof Map<?, ?> map) {
            plain.writeMembers(json, map, rules, added);
        } else {
            throw new DataException("Cannot make a document of a value that is a "
                    + (value == null ? "null" : RecordView.kind(value))
                    + ": a document is an object. Put it into a field, as the transformation HoistField does.");
        }
    }

    private StructWriter plan(StructSchema schema, FieldRules rules, Omitted omitted) {
        Shape shape = lastShape;
        StructWriter plan = lastPlan;
        if (shape != null
                && plan != null
                && shape.schema.equals(schema)
                && shape.rules.equals(rules)
                && shape.omitted.equals(omitted)) {
            return plan;
        }
        shape = new Shape(schema, rules, omitted);
        plan = plans.computeIfAbsent(shape, any -> writers.struct(schema, rules, omitted));
        lastShape = shape;
        lastPlan = plan;
        return plan;
    }
}

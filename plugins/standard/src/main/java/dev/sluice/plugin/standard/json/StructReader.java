package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects as structs. Members usually stand in the order of the fields, so the next field is tried before the
 * look-up by name. Unknown members are passed over; the last of several of one name wins.
 */
final class StructReader implements ValueReader {
    /** Marks a field that must be given and was not yet. */
    private static final Object ABSENT = new Object();

    private final StructSchema schema;
    private final Place place;
    private final String[] names;
    private final ValueReader[] readers;
    private final @Nullable Object[] start;
    private final Map<String, Integer> indexByName = new HashMap<>();
    private final boolean hasRequired;

    StructReader(StructSchema schema, ValueReaders all, Place place) {
        this.schema = schema;
        this.place = place;
        int count = schema.fields().size();
        names = new String[count];
        readers = new ValueReader[count];
        start = new @Nullable Object[count];
        for (Field field : schema.fields()) {
            int index = field.index();
            names[index] = field.name();
            readers[index] = all.reader(field.schema(), place.field(field.name()));
            Object replacement = all.replacement(field.schema());
            start[index] = replacement == null && !field.schema().isOptional() ? ABSENT : replacement;
            indexByName.put(field.name(), index);
        }
        hasRequired = schema.fields().stream().map(Field::schema).anyMatch(field -> !field.isOptional());
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        ValueReaders.require(in, JsonToken.START_OBJECT, place, "an object, which a struct is");
        @Nullable Object[] values = start.clone();
        int next = 0;
        String name;
        while ((name = in.nextFieldName()) != null) {
            int index = next < names.length && names[next].equals(name) ? next : indexByName.getOrDefault(name, -1);
            in.nextToken();
            if (index < 0) {
                in.skipChildren();
            } else {
                values[index] = readers[index].read(in);
                next = index + 1;
            }
        }
        if (hasRequired) {
            requireAll(values, in);
        }
        return Struct.ofFitting(schema, values);
    }

    private void requireAll(@Nullable Object[] values, JsonParser in) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == ABSENT) {
                Schema missing = schema.fields().get(i).schema();
                throw JsonFaults.unfit(
                        in,
                        place.field(names[i]),
                        "missing from the object that ends",
                        missing.type().wireName() + " (the schema is required and has no default)");
            }
        }
    }
}

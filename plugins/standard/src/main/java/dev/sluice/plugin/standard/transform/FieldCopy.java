package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes some fields of structs of one schema, in an order that was worked out before. */
final class FieldCopy {
    private final int[] indexes;
    private final @Nullable Object @Nullable [] replacements;
    private final int size;

    private FieldCopy(List<Field> fields, int size, boolean replacesNull) {
        this.indexes = fields.stream().mapToInt(Field::index).toArray();
        this.size = size;
        boolean hasDefaults = fields.stream().anyMatch(field -> NullReplacement.of(field, replacesNull) != null);
        this.replacements = hasDefaults
                ? fields.stream()
                        .map(field -> NullReplacement.of(field, replacesNull))
                        .toArray()
                : null;
    }

    /** Takes all fields of a schema, and leaves room for more behind them. */
    static FieldCopy all(StructSchema schema, int sizeWithMore, boolean replacesNull) {
        return new FieldCopy(schema.fields(), sizeWithMore, replacesNull);
    }

    /** Takes these fields of a schema, in this order. */
    static FieldCopy of(List<Field> fields, boolean replacesNull) {
        return new FieldCopy(fields, fields.size(), replacesNull);
    }

    /** Returns a new array with the fields' values; the room behind them is null. */
    @Nullable
    Object[] values(Struct struct) {
        @Nullable Object[] values = new @Nullable Object[size];
        for (int i = 0; i < indexes.length; i++) {
            values[i] = struct.get(indexes[i]);
        }
        if (replacements != null) {
            for (int i = 0; i < indexes.length; i++) {
                values[i] = values[i] == null ? replacements[i] : values[i];
            }
        }
        return values;
    }
}

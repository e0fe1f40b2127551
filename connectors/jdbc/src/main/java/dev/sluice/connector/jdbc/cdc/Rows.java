package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.connector.jdbc.cdc.CdcConfig.Unchanged;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of tuples, with something in the place of large values that are not known. Task thread. */
final class Rows {
    /** How many schemas without some fields are remembered: there are few combinations, but a hostile table may have many. */
    private static final int SCHEMAS_MAX = 1_000;

    /** What there is after a row is gone. */
    static final Row NONE = new Row(null, List.of());

    private final Unchanged unchanged;
    private final String placeholder;
    private final Map<Missing, StructSchema> schemas = new HashMap<>();

    Rows(Unchanged unchanged, String placeholder) {
        this.unchanged = unchanged;
        this.placeholder = placeholder;
    }

    private record Missing(StructSchema whole, BitSet fields) {}

    /**
     * A row.
     *
     * @param struct the values; null if there is no row
     * @param unavailable the names of columns whose values are not known
     */
    record Row(@Nullable Struct struct, List<String> unavailable) {}

    /**
     * Makes a row.
     *
     * @param old the same row before, from which unknown values are taken; null if nothing is known
     * @param isOldWhole whether the old row has more than the replica identity
     */
    Row row(CapturedTable table, Tuple tuple, @Nullable Tuple old, boolean isOldWhole) {
        List<CapturedColumn> columns = table.columns();
        @Nullable Object[] values = new Object[columns.size()];
        BitSet missing = null;
        for (int i = 0; i < values.length; i++) {
            if (!tuple.isUnchanged(i)) {
                values[i] = table.value(tuple, i);
            } else if (old != null && (isOldWhole || columns.get(i).isIdentity()) && !old.isUnchanged(i)) {
                values[i] = table.value(old, i);
            } else {
                missing = missing == null ? new BitSet() : missing;
                missing.set(i);
            }
        }
        return missing == null
                ? new Row(Struct.ofFitting(table.rowSchema(), values), List.of())
                : incomplete(table, values, missing);
    }

    private Row incomplete(CapturedTable table, @Nullable Object[] values, BitSet missing) {
        List<String> names = new ArrayList<>();
        missing.stream().forEach(i -> names.add(table.columns().get(i).name()));
        if (unchanged == Unchanged.OMIT) {
            return new Row(without(table, values, missing), names);
        }
        BitSet nulls = new BitSet();
        for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
            values[i] =
                    unchanged == Unchanged.PLACEHOLDER ? table.columns().get(i).placeholder(placeholder) : null;
            nulls.set(i, values[i] == null && !table.columns().get(i).schema().isOptional());
        }
        StructSchema schema = nulls.isEmpty() ? table.rowSchema() : schema(table, nulls, Gap.NULLABLE);
        return new Row(Struct.ofFitting(schema, values), names);
    }

    private Struct without(CapturedTable table, @Nullable Object[] values, BitSet missing) {
        @Nullable Object[] kept = new Object[values.length - missing.cardinality()];
        int at = 0;
        for (int i = missing.nextClearBit(0); i < values.length; i = missing.nextClearBit(i + 1)) {
            kept[at++] = values[i];
        }
        return Struct.ofFitting(schema(table, missing, Gap.LEFT_OUT), kept);
    }

    private enum Gap {
        LEFT_OUT,
        NULLABLE
    }

    private StructSchema schema(CapturedTable table, BitSet fields, Gap gap) {
        if (schemas.size() > SCHEMAS_MAX) {
            schemas.clear();
        }
        return schemas.computeIfAbsent(
                new Missing(table.rowSchema(), fields), absent -> schemaOf(table, absent.fields(), gap));
    }

    private static StructSchema schemaOf(CapturedTable table, BitSet fields, Gap gap) {
        StructSchema.Builder builder =
                Schema.struct(String.valueOf(table.rowSchema().name()));
        for (int i = 0; i < table.columns().size(); i++) {
            CapturedColumn column = table.columns().get(i);
            if (!fields.get(i)) {
                builder = builder.field(column.name(), column.schema());
            } else if (gap == Gap.NULLABLE) {
                builder = builder.field(column.name(), column.schema().optional());
            }
        }
        return builder.build();
    }
}

package dev.sluice.connector.jdbc.source;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.Headers;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.connector.jdbc.dialect.Dialect;
import dev.sluice.connector.jdbc.type.JdbcSchemas;
import dev.sluice.connector.jdbc.type.PostgresSchemas;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How rows of one result become records, worked out once for all rows.
 *
 * @param columns what the result has, in its order: the fields of the value
 * @param value the value's schema
 * @param key the key's schema, or null for records without a key
 * @param keyIndexes where the key's columns stand
 * @param deleteIndex where the column stands that marks deletions, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // Read for each row; never compared, never given away.
record Layout(
        List<ResultColumn> columns,
        StructSchema value,
        @Nullable StructSchema key,
        int[] keyIndexes,
        int deleteIndex) {
    Layout {
        columns = List.copyOf(columns);
    }

    /**
     * Works it out.
     *
     * @param name what messages and schemas call the table; null for a query
     */
    static Layout of(
            @Nullable String name,
            List<ResultColumn> columns,
            List<String> primaryKey,
            SourceConfig.Shape shape,
            Dialect dialect) {
        StructSchema value = schema(name, columns, shape.types(), dialect);
        int[] keyIndexes = shape.key().of(primaryKey).stream()
                .mapToInt(column -> index(columns, column, "key.columns"))
                .toArray();
        List<ResultColumn> keyColumns =
                IntStream.of(keyIndexes).mapToObj(columns::get).toList();
        String keyName = name == null ? null : name + ".Key";
        StructSchema key = keyColumns.isEmpty() ? null : schema(keyName, keyColumns, shape.types(), dialect);
        String mark = shape.deletes().column();
        return new Layout(columns, value, key, keyIndexes, mark == null ? -1 : index(columns, mark, "delete.column"));
    }

    private static StructSchema schema(
            @Nullable String name, List<ResultColumn> columns, TypeRules rules, Dialect dialect) {
        StructSchema.Builder builder = name == null ? Schema.struct() : Schema.struct(name);
        for (ResultColumn column : columns) {
            Schema plain = plain(column, rules, dialect);
            builder = field(builder, column, column.isNullable() ? plain.optional() : plain);
        }
        return builder.build();
    }

    private static StructSchema.Builder field(StructSchema.Builder builder, ResultColumn column, Schema schema) {
        try {
            return builder.field(column.name(), schema);
        } catch (IllegalArgumentException twice) {
            throw new ConnectorException(
                    "Cannot make records of a query: it returns two columns that are called " + column.name()
                            + ". Name one of them otherwise by AS.",
                    twice);
        }
    }

    private static Schema plain(ResultColumn column, TypeRules rules, Dialect dialect) {
        return dialect.reads().hasSnapshots()
                ? PostgresSchemas.of(column.type(), rules)
                : JdbcSchemas.of(column.type(), column.isSigned(), rules);
    }

    /** Returns where a column stands: that of exactly the name, else the only one that differs by case alone. */
    static int index(List<ResultColumn> columns, String name, String setting) {
        int[] exact = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .toArray();
        int[] similar = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equalsIgnoreCase(name))
                .toArray();
        if (exact.length == 1 || similar.length == 1) {
            return exact.length == 1 ? exact[0] : similar[0];
        }
        throw new ConnectorException("Cannot use " + setting + "=" + name + ": there is no such column, only "
                + columns.stream().map(ResultColumn::name).toList() + ". Correct the name.");
    }

    /** Makes the record of the current row. */
    SourceRecord record(Rows row, String topic, DeleteMark deletes, SourcePosition position) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        boolean isDeleted = deleteIndex >= 0 && deletes.isDeleted(values[deleteIndex]);
        return new SourceRecord(
                topic,
                null,
                key(values),
                isDeleted ? SchemaAndValue.NULL : SchemaAndValue.of(value, Struct.ofFitting(value, values)),
                null,
                Headers.EMPTY,
                position);
    }

    private SchemaAndValue key(@Nullable Object[] values) {
        StructSchema schema = key;
        if (schema == null) {
            return SchemaAndValue.NULL;
        }
        @Nullable Object[] parts = new Object[keyIndexes.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = values[keyIndexes[i]];
        }
        return SchemaAndValue.of(schema, Struct.ofFitting(schema, parts));
    }
}

package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.PostgresDecoders;
import dev.sluice.connector.jdbc.type.PostgresSchemas;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table as one description of the stream has it: what its rows and keys look like. Immutable; task thread. */
final class CapturedTable {
    private final Name name;
    private final List<CapturedColumn> columns;
    private final StructSchema rowSchema;
    private final StructSchema oldSchema;
    private final int[] oldIndexes;
    private final @Nullable StructSchema keySchema;
    private final int[] keyIndexes;
    private final boolean isFull;

    private CapturedTable(Name name, List<CapturedColumn> columns, List<String> key, boolean isFull) {
        this.name = name;
        this.columns = columns;
        this.isFull = isFull;
        this.rowSchema = struct(name.row(), columns);
        this.oldIndexes = isFull ? indexes(columns, names(columns)) : indexes(columns, identity(columns));
        this.oldSchema = isFull ? rowSchema : struct(name.of("Old"), picked(columns, oldIndexes));
        this.keyIndexes = indexes(columns, key);
        this.keySchema = key.isEmpty() ? null : struct(name.of("Key"), picked(columns, keyIndexes));
    }

    /**
     * What a table is called.
     *
     * @param id in the database
     * @param topic its topic
     * @param schema what the schemas of its records begin with
     * @param row the name of the schema of its rows
     */
    record Name(TableId id, String topic, String schema, String row) {
        /** Returns the names under which records are like those of the other modes. */
        static Name flat(TableId id, String topic) {
            return new Name(id, topic, id.name(), id.name());
        }

        /** Returns the names as Debezium has them. */
        static Name envelope(TableId id, String topic) {
            return new Name(id, topic, topic, topic + ".Value");
        }

        String of(String part) {
            return schema + "." + part;
        }
    }

    /** Describes a table of which the stream said something. */
    static CapturedTable of(PgMessage.Relation relation, TableFacts facts, Name name, TypeRules rules) {
        List<CapturedColumn> columns = new ArrayList<>();
        for (PgMessage.Column column : relation.columns()) {
            TableFacts.ColumnFacts known = facts.columns().get(column.name());
            if (known == null) {
                throw new IllegalStateException("no facts of column " + column.name() + " of " + relation.name());
            }
            Schema schema = PostgresSchemas.of(known.type(), rules);
            columns.add(new CapturedColumn(
                    column.name(),
                    known.isNullable() ? schema.optional() : schema,
                    PostgresDecoders.of(known.type(), schema, rules),
                    column.isKey()));
        }
        return new CapturedTable(
                name,
                List.copyOf(columns),
                key(relation, facts.primaryKey()),
                relation.identity() == PgMessage.Identity.FULL);
    }

    /** The key must be known of deleted rows too, so the replica identity decides; the primary key gives the order. */
    private static List<String> key(PgMessage.Relation relation, List<String> primaryKey) {
        List<String> names =
                relation.columns().stream().map(PgMessage.Column::name).toList();
        boolean isWhole =
                relation.identity() == PgMessage.Identity.FULL || relation.identity() == PgMessage.Identity.NOTHING;
        if (isWhole) {
            return names.containsAll(primaryKey) ? primaryKey : List.of();
        }
        List<String> identity = relation.columns().stream()
                .filter(PgMessage.Column::isKey)
                .map(PgMessage.Column::name)
                .toList();
        return Set.copyOf(identity).equals(new HashSet<>(primaryKey)) ? primaryKey : identity;
    }

    private static List<String> names(List<CapturedColumn> columns) {
        return columns.stream().map(CapturedColumn::name).toList();
    }

    private static List<String> identity(List<CapturedColumn> columns) {
        return columns.stream()
                .filter(CapturedColumn::isIdentity)
                .map(CapturedColumn::name)
                .toList();
    }

    private static int[] indexes(List<CapturedColumn> columns, List<String> wanted) {
        List<String> names = names(columns);
        return wanted.stream().mapToInt(names::indexOf).toArray();
    }

    private static List<CapturedColumn> picked(List<CapturedColumn> columns, int[] indexes) {
        return Arrays.stream(indexes).mapToObj(columns::get).toList();
    }

    private static StructSchema struct(String name, List<CapturedColumn> columns) {
        StructSchema.Builder builder = Schema.struct(name);
        for (CapturedColumn column : columns) {
            builder = builder.field(column.name(), column.schema());
        }
        return builder.build();
    }

    /** Returns this table with a column in which null may stand: the catalog knows only what holds now. */
    CapturedTable withNullable(int index) {
        List<CapturedColumn> changed = new ArrayList<>(columns);
        changed.set(index, columns.get(index).optional());
        StructSchema key = keySchema;
        List<String> keyNames =
                key == null ? List.of() : key.fields().stream().map(Field::name).toList();
        return new CapturedTable(name, List.copyOf(changed), keyNames, isFull);
    }

    TableId id() {
        return name.id();
    }

    String topic() {
        return name.topic();
    }

    List<CapturedColumn> columns() {
        return columns;
    }

    /** Returns the schema of a whole row. */
    StructSchema rowSchema() {
        return rowSchema;
    }

    /** Returns the schema of what is known of an old row: all columns, or those of the replica identity. */
    StructSchema oldSchema() {
        return oldSchema;
    }

    /** Returns the schema of the key, or null if the table has none. */
    @Nullable
    StructSchema keySchema() {
        return keySchema;
    }

    /** Returns which columns the key has, in its order. */
    int[] keyIndexes() {
        return keyIndexes.clone();
    }

    /** Returns the index of the first column that must not be null and is, or −1. */
    int wrongNull(Tuple row) {
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).schema().isOptional() && row.text(i) == null && !row.isUnchanged(i)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the value of a column; names the column if it cannot be read. */
    @Nullable
    Object value(Tuple row, int index) {
        CapturedColumn column = columns.get(index);
        try {
            return row.value(index, column.decoder());
        } catch (DataException unreadable) {
            throw new DataException(
                    "Cannot read column '" + column.name() + "' of table " + name.id() + ": " + unreadable.getMessage(),
                    unreadable);
        }
    }

    /** Returns a row in which nothing is missing. */
    Struct row(Tuple row) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, i);
        }
        return Struct.ofFitting(rowSchema, values);
    }

    /** Returns what is known of an old row. */
    Struct old(Tuple row) {
        @Nullable Object[] values = new Object[oldIndexes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, oldIndexes[i]);
        }
        return Struct.ofFitting(oldSchema, values);
    }

    /** Returns the key within a row of {@link #rowSchema} or {@link #oldSchema}; null if the table has none. */
    @Nullable
    Struct key(Struct row) {
        StructSchema schema = keySchema;
        if (schema == null) {
            return null;
        }
        @Nullable Object[] values = new Object[keyIndexes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(columns.get(keyIndexes[i]).name());
        }
        return Struct.ofFitting(schema, values);
    }
}

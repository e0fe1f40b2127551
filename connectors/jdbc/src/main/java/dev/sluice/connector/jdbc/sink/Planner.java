package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import dev.sluice.connector.jdbc.dialect.NewColumn;
import dev.sluice.connector.jdbc.dialect.SqlType;
import dev.sluice.connector.jdbc.dialect.WriteSql;
import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.ColumnType;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.type.ColumnForm;
import java.sql.Types;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Brings the shape of records together with the table that they go into. Pure.
 *
 * @param sql the statements of the database
 * @param drift what happens where they do not fit together
 * @param createsTables whether a missing table is made
 * @param dropsNotNull whether a column may be made to take null
 * @param zone the time zone of columns without one
 * @param folding what becomes of a field's name before it is looked for among the columns
 */
record Planner(
        WriteSql sql,
        Drift drift,
        boolean createsTables,
        boolean dropsNotNull,
        ZoneId zone,
        UnaryOperator<String> folding) {

    /**
     * What to do: first the changes of the table, if there are any, then the rows.
     *
     * @param changes statements; where there are some, the table is read again and planned anew once they were executed
     * @param plan how the rows are written; as it will be after the changes
     * @param leftOut fields that go nowhere
     * @param isUsableAsIs whether the plan holds without the changes, too: a column that is not widened still takes small values
     */
    record Outcome(List<String> changes, RowPlan plan, List<String> leftOut, boolean isUsableAsIs) {}

    /** Collects the parts of an outcome. */
    private static final class Draft {
        final List<RowPlan.Target> targets = new ArrayList<>();
        final List<Source> unseen = new ArrayList<>();
        final List<NewColumn> added = new ArrayList<>();
        final List<String> changes = new ArrayList<>();
        final List<String> leftOut = new ArrayList<>();
        final List<String> wishes = new ArrayList<>();
    }

    /**
     * Plans for a table that is there.
     *
     * @throws ConfigException if they do not fit together and the task shall fail
     * @throws DataException if they do not fit together and the record is to blame
     */
    Outcome plan(Table table, Shape shape, InsertMode mode, boolean isDelete) {
        Draft draft = new Draft();
        for (Shape.Field field : shape.fields()) {
            Optional<Column> column = table.columnIgnoringCase(folding.apply(field.column()));
            if (column.isEmpty()) {
                missing(table, field, draft);
            } else {
                found(table, column.get(), field, mode, draft);
            }
        }
        if (!draft.added.isEmpty()) {
            draft.changes.addAll(sql.addColumns(table.id(), draft.added));
        }
        if (!isDelete && mode != InsertMode.UPDATE) {
            requireFilled(table, draft);
        }
        if (draft.targets.isEmpty()) {
            throw drifted("Cannot write to table " + table.id()
                    + ": no field of the record has a column there. The columns are " + names(table)
                    + ". Correct the table's name, or fields.rename.");
        }
        boolean isUsableAsIs = draft.changes.isEmpty();
        draft.changes.addAll(draft.wishes);
        return new Outcome(
                draft.changes,
                new RowPlan(table.id(), table.kind().contains("VIEW"), mode, draft.targets, draft.unseen),
                draft.leftOut,
                isUsableAsIs);
    }

    private static List<String> names(Table table) {
        return table.columns().stream().map(Column::name).toList();
    }

    private void missing(Table table, Shape.Field field, Draft draft) {
        if (drift == Drift.EVOLVE && field.type().wanted() != null && !field.isKey()) {
            NewColumn added = newColumn(field, false);
            draft.added.add(added);
            draft.targets.add(target(madeUp(added), field));
        } else if (field.type().wanted() == null) {
            draft.unseen.add(field.source());
        } else if ((drift == Drift.LENIENT || drift == Drift.IGNORE) && !field.isKey()) {
            draft.leftOut.add(field.name());
        } else {
            throw drifted(
                    "Cannot write field " + field.name() + " (" + field.type().words() + ") to table "
                            + table.id() + ": it has no column " + field.column() + ". The columns are " + names(table)
                            + ". Add the column, set schema.drift to evolve or lenient, or leave the field out with field.exclude.list.");
        }
    }

    private void found(Table table, Column column, Shape.Field field, InsertMode mode, Draft draft) {
        if (column.fill() == Column.Fill.GENERATED) {
            if (field.isKey() && mode.needsKey()) {
                throw drifted(
                        "Cannot " + mode.name().toLowerCase(java.util.Locale.ROOT) + " into table " + table.id()
                                + ": its key column " + column.name()
                                + " always gets its value from the database. Make it GENERATED BY DEFAULT, or choose another key.");
            }
            draft.leftOut.add(field.name());
            return;
        }
        ColumnKind kind = ColumnKind.of(column.type());
        if (!field.type().kind().fits(kind)) {
            if (drift == Drift.IGNORE && !field.isKey()) {
                draft.leftOut.add(field.name());
                return;
            }
            throw drifted("Cannot write field " + field.name() + " ("
                    + field.type().words() + ") to column "
                    + table.id() + "." + column.name() + " (" + column.type().name()
                    + "): a value of the one cannot be stored as the other. Change the column's type, convert the field"
                    + " with a transformation such as Cast, or leave it out with field.exclude.list.");
        }
        if (drift == Drift.EVOLVE) {
            evolve(table.id(), column, field, draft);
        }
        draft.targets.add(target(column, field));
    }

    private void evolve(TableId id, Column column, Shape.Field field, Draft draft) {
        SqlType wanted = field.type().wanted();
        if (wanted != null && Widening.isNeeded(column.type(), wanted)) {
            sql.widen(id, column, Widening.of(column.type(), wanted)).ifPresent(draft.wishes::add);
        }
        if (dropsNotNull
                && !field.isKey()
                && !column.isNullable()
                && field.type().isOptional()
                && field.type().schema() != null) {
            sql.dropNotNull(id, column).ifPresent(draft.changes::add);
        }
    }

    /** Every column that must be named is named. */
    private void requireFilled(Table table, Draft draft) {
        Set<String> named = new HashSet<>();
        draft.targets.forEach(target -> named.add(target.column().name()));
        for (Column column : table.columns()) {
            if (column.isOmissible() || named.contains(column.name())) {
                continue;
            }
            Optional<String> change =
                    drift == Drift.EVOLVE && dropsNotNull && !table.primaryKey().contains(column.name())
                            ? sql.dropNotNull(table.id(), column)
                            : Optional.empty();
            if (change.isEmpty()) {
                throw drifted("Cannot insert into table " + table.id() + ": the record has no field for its column "
                        + column.name()
                        + ", which takes no null and has no default. Send the field, give the column a default,"
                        + " or set auto.evolve=true and auto.evolve.nullable=true.");
            }
            draft.changes.add(change.get());
        }
    }

    /** Plans for a table that is not there. */
    Outcome planNew(TableId id, Shape shape, InsertMode mode) {
        if (!createsTables) {
            throw drifted("Cannot write to table " + id
                    + ": there is none of that name. Create it, correct table.name.format, or set auto.create=true.");
        }
        Draft draft = new Draft();
        for (Shape.Field field : shape.fields()) {
            if (field.type().wanted() == null) {
                draft.unseen.add(field.source());
            } else {
                NewColumn column = newColumn(field, true);
                draft.added.add(column);
                draft.targets.add(target(madeUp(column), field));
            }
        }
        List<String> key = draft.targets.stream()
                .filter(RowPlan.Target::isKey)
                .map(each -> each.column().name())
                .toList();
        return new Outcome(
                List.of(sql.create(id, draft.added, key)),
                new RowPlan(id, false, mode, draft.targets, draft.unseen),
                List.of(),
                false);
    }

    /** A column that is added takes null, whatever the field says: the rows that are there have no value for it. */
    private NewColumn newColumn(Shape.Field field, boolean isNewTable) {
        SqlType wanted = field.type().wanted();
        if (wanted == null) {
            throw new IllegalStateException("a column of no type: " + field.name());
        }
        Object standard =
                field.type().schema() == null ? null : field.type().schema().defaultValue();
        boolean isPlain = (standard instanceof Number || standard instanceof Boolean || standard instanceof String)
                && field.type().schema() != null
                && field.type().schema().name() == null;
        String defaultText = isPlain && standard != null ? sql.literal(standard) : null;
        boolean isNullable = field.type().isOptional() || (!isNewTable && defaultText == null);
        return new NewColumn(folding.apply(field.column()), wanted, isNullable, defaultText);
    }

    /** Describes a column that will be there. */
    private Column madeUp(NewColumn column) {
        return new Column(
                column.name(),
                new ColumnType(
                        code(column.type().kind()),
                        sql.typeName(column.type(), false),
                        column.type().size(),
                        0),
                column.isNullable(),
                Column.Fill.GIVEN,
                column.defaultText());
    }

    private static int code(ColumnKind kind) {
        return switch (kind) {
            case WHOLE -> Types.BIGINT;
            case FLOAT -> Types.DOUBLE;
            case DECIMAL -> Types.NUMERIC;
            case BOOLEAN -> Types.BOOLEAN;
            case TEXT, JSON, UUID, OTHER -> Types.VARCHAR;
            case BINARY -> Types.VARBINARY;
            case DATE -> Types.DATE;
            case TIME -> Types.TIME;
            case TIMESTAMP -> Types.TIMESTAMP;
            case INSTANT -> Types.TIMESTAMP_WITH_TIMEZONE;
            case ARRAY -> Types.ARRAY;
        };
    }

    private RowPlan.Target target(Column column, Shape.Field field) {
        return new RowPlan.Target(
                column, field, new ColumnForm(field.type(), ColumnKind.of(column.type()), zone, sql.bindsTexts()));
    }

    /** Says that record and table do not fit together: a matter of settings, unless the records are to be blamed one by one. */
    private ConnectorException drifted(String message) {
        return drift == Drift.DLQ ? new DataException(message) : new ConfigException(message);
    }
}

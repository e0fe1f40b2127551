package dev.sluice.connector.jdbc.source;

import dev.sluice.api.data.Schema;
import dev.sluice.connector.jdbc.dialect.Names;
import dev.sluice.connector.jdbc.table.ColumnType;
import dev.sluice.connector.jdbc.type.ColumnReader;
import dev.sluice.connector.jdbc.type.JdbcReaders;
import dev.sluice.connector.jdbc.type.PostgresDecoder;
import dev.sluice.connector.jdbc.type.PostgresDecoders;
import dev.sluice.connector.jdbc.type.TimestampGranularity;
import dev.sluice.connector.jdbc.type.TypeRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query of one round: all columns, then the time if there is one, then what the round asks for besides.
 *
 * @param target what is read
 * @param description what it looks like
 * @param round which rows
 * @param config how
 */
record Selection(Target target, Description description, Round round, SourceConfig config) {
    /** Begins to read. */
    Rows open(Connection connection) throws SQLException {
        Sql sql = sql();
        if (config.dialect().reads().hasSnapshots()) {
            return CopyRows.open(connection, sql.toString(), decoders());
        }
        int fetchSize = config.dialect().reads().fetchSize();
        return CursorRows.open(
                connection, sql, readers(), fetchSize == 0 ? config.pace().batchRows() : fetchSize);
    }

    /** Returns where the first of the round's extras stands. */
    int extraIndex() {
        return description.layout().columns().size() + (hasTime() ? 1 : 0);
    }

    private boolean hasTime() {
        Order order = description.order();
        return order != null && order.time() != null;
    }

    Sql sql() {
        Names names = config.dialect().names();
        TypeRules rules = config.shape().types();
        Sql sql = config.dialect().reads().hasSnapshots() ? Sql.literal(rules) : Sql.bound(rules);
        String columns = description.layout().columns().stream()
                .map(column -> names.quoted(column.name()))
                .collect(Collectors.joining(", "));
        sql.add("SELECT ").add(columns);
        Order order = description.order();
        if (order != null && order.time() != null) {
            sql.add(", ").add(order.time());
        }
        round.extras().forEach(extra -> sql.add(", ").add(extra));
        sql.add(" FROM ").add(target.from(names));
        round.addWhere(sql);
        if (order != null) {
            sql.add(order.orderBy());
        }
        String suffix = config.reading().suffix();
        return suffix == null ? sql : sql.add(" ").add(suffix);
    }

    /** The rules under which the time of a place is read: as exactly as it is, whatever records get. */
    private TypeRules exact() {
        TypeRules rules = config.shape().types();
        return new TypeRules(rules.numeric(), TimestampGranularity.CONNECT_LOGICAL, rules.zone(), rules.calendar());
    }

    private List<PostgresDecoder> decoders() {
        List<PostgresDecoder> decoders = new ArrayList<>();
        Layout layout = description.layout();
        for (int i = 0; i < layout.columns().size(); i++) {
            ColumnType type = layout.columns().get(i).type();
            Schema schema = layout.value().fields().get(i).schema();
            decoders.add(PostgresDecoders.of(type, schema, config.shape().types()));
        }
        Order order = description.order();
        if (order != null && order.time() != null) {
            ColumnType type = new ColumnType(Types.TIMESTAMP, order.isZoned() ? "timestamptz" : "timestamp", 0, 0);
            decoders.add(PostgresDecoders.of(type, TimestampGranularity.CONNECT_LOGICAL.schema(), exact()));
        }
        ColumnType number = new ColumnType(Types.BIGINT, "int8", 0, 0);
        round.extras().forEach(extra -> decoders.add(PostgresDecoders.of(number, Schema.INT64, TypeRules.DEFAULT)));
        return decoders;
    }

    private List<ColumnReader> readers() {
        List<ColumnReader> readers = new ArrayList<>();
        Layout layout = description.layout();
        for (int i = 0; i < layout.columns().size(); i++) {
            ColumnType type = layout.columns().get(i).type();
            Schema schema = layout.value().fields().get(i).schema();
            readers.add(JdbcReaders.of(type, schema, config.shape().types()));
        }
        if (hasTime()) {
            TypeRules rules = exact();
            readers.add((row, index) -> JdbcReaders.instant(row, index, rules));
        }
        round.extras().forEach(extra -> readers.add((row, index) -> row.getLong(index)));
        return readers;
    }
}

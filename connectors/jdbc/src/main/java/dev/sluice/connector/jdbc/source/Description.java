package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.dialect.Names;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table or query looks like now, and how it is read.
 *
 * @param layout how its rows become records
 * @param order in which order they are read, or null for any
 */
record Description(Layout layout, @Nullable Order order) {
    /**
     * Describes it.
     *
     * @param known what was found the last time, or null; the same is returned if the columns are the same
     * @throws dev.sluice.api.error.ConnectorException if the settings do not fit it
     */
    static Description of(Connection connection, Target target, SourceConfig config, @Nullable Description known)
            throws SQLException {
        Names names = config.dialect().names();
        List<ResultColumn> columns = ResultColumn.of(connection, "SELECT * FROM " + target.from(names));
        if (known != null && known.layout().columns().equals(columns)) {
            return known;
        }
        List<String> primaryKey = primaryKey(connection, target);
        Layout layout = Layout.of(target.name(), columns, primaryKey, config.shape(), config.dialect());
        return new Description(layout, order(target, config, columns, primaryKey));
    }

    private static List<String> primaryKey(Connection connection, Target target) throws SQLException {
        TableId table = target.table();
        return table == null
                ? List.of()
                : Tables.find(connection, table).map(Table::primaryKey).orElse(List.of());
    }

    private static @Nullable Order order(
            Target target, SourceConfig config, List<ResultColumn> columns, List<String> primaryKey) {
        SourceConfig.Reading reading = config.reading();
        if (reading.mode() == Mode.BULK) {
            return null;
        }
        SourceConfig.Columns chosen = reading.columns();
        TableId table = target.table();
        List<String> times = table == null ? List.of() : chosen.timesByTable().columns(table);
        List<String> numbers = table == null ? List.of() : chosen.numbers().columns(table);
        return Order.of(
                target.shown(),
                reading,
                times.isEmpty() ? chosen.times() : times,
                numbers.isEmpty() ? chosen.number() : numbers.get(0),
                primaryKey,
                columns,
                config.dialect().names());
    }
}

package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.dialect.ColumnKind;
import dev.sluice.connector.jdbc.dialect.NewColumn;
import dev.sluice.connector.jdbc.dialect.SqlType;
import dev.sluice.connector.jdbc.dialect.WriteSql;
import dev.sluice.connector.jdbc.table.TableId;
import dev.sluice.connector.jdbc.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the sink stands, in a table beside the rows: one line for each partition, with the next offset and the run that owns it.
 *
 * <p>A run takes a line over when the partition is opened to it, and moves it on in the transaction of the rows, if the line is still
 * its own and still says what it said: a former run that is alive moves nothing, and its transaction is rolled back. After a
 * connection was lost, the lines are read again before anything is written, so that it is known whether the last transaction was
 * committed. Belongs to the task's thread.
 */
final class OffsetTable {
    private static final List<String> KEY = List.of("connector", "topic", "topic_partition");

    private static final long NOTHING_YET = -1;

    private final TableId id;
    private final WriteSql sql;
    private final String connector;
    private final int task;
    private final long epoch;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private boolean isUnsure;

    OffsetTable(TableId id, WriteSql sql, String connector, int task, long epoch) {
        this.id = id;
        this.sql = sql;
        this.connector = connector;
        this.task = task;
        this.epoch = epoch;
    }

    /** What a line says. */
    private record Line(long next, int task, long epoch) {}

    /** Makes the table if there is none. In auto-commit mode. */
    void create(Connection connection) throws SQLException {
        if (Tables.find(connection, id).isPresent()) {
            return;
        }
        String text = sql.create(
                id,
                List.of(
                        column("connector", SqlType.of(ColumnKind.TEXT)),
                        column("topic", SqlType.of(ColumnKind.TEXT)),
                        column("topic_partition", SqlType.of(ColumnKind.WHOLE, 32)),
                        column("next_offset", SqlType.of(ColumnKind.WHOLE, 64)),
                        column("task", SqlType.of(ColumnKind.WHOLE, 32)),
                        column("epoch", SqlType.of(ColumnKind.WHOLE, 64))),
                KEY);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(text);
        } catch (SQLException failed) {
            // Another task may have been faster.
            if (Tables.find(connection, id).isEmpty()) {
                throw failed;
            }
        }
    }

    private static NewColumn column(String name, SqlType type) {
        return new NewColumn(name, type, false, null);
    }

    /**
     * Takes partitions over, and returns where to go on, for those that have been written before. In auto-commit mode: each line by
     * itself, waiting for a former run that is about to commit.
     *
     * @throws ConnectorException if a later run of this task owns a line
     */
    Map<TopicPartition, Long> open(Connection connection, Collection<TopicPartition> partitions) throws SQLException {
        Map<TopicPartition, Long> places = new LinkedHashMap<>();
        for (TopicPartition partition : partitions) {
            take(connection, partition).ifPresent(offset -> places.put(partition, offset));
        }
        return places;
    }

    private Optional<Long> take(Connection connection, TopicPartition partition) throws SQLException {
        String taking = "UPDATE " + name() + " SET " + quoted("task") + " = ?, " + quoted("epoch") + " = ? WHERE "
                + where() + " AND (" + quoted("task") + " <> ? OR " + quoted("epoch") + " <= ?)";
        int taken = execute(connection, taking, partition, List.of(task, epoch), List.of(task, epoch));
        Optional<Line> line = read(connection, partition);
        if (line.isEmpty()) {
            begin(connection, partition);
            line = read(connection, partition);
        } else if (taken == 0) {
            throw fenced(partition);
        }
        long offset = line.map(Line::next).orElse(NOTHING_YET);
        next.put(partition, offset);
        return offset == NOTHING_YET ? Optional.empty() : Optional.of(offset);
    }

    private void begin(Connection connection, TopicPartition partition) throws SQLException {
        try {
            insert(connection, partition, NOTHING_YET);
        } catch (SQLException failed) {
            // Another run may have been faster; then the line is its own, and ours to take only by the rule above.
            if (read(connection, partition).isEmpty()) {
                throw failed;
            }
            throw fenced(partition);
        }
    }

    /** Forgets partitions that another task reads from now on. */
    void close(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
    }

    /** Says that nobody knows whether the last transaction was committed. */
    void becomeUnsure() {
        isUnsure = true;
    }

    /** Reads the lines again if need be. In auto-commit mode, before a batch is planned. */
    void makeSure(Connection connection) throws SQLException {
        if (!isUnsure) {
            return;
        }
        for (TopicPartition partition : List.copyOf(next.keySet())) {
            Optional<Line> line = read(connection, partition);
            if (line.isPresent() && !(line.get().task() == task && line.get().epoch() == epoch)) {
                throw fenced(partition);
            }
            line.ifPresent(found -> next.put(partition, found.next()));
        }
        isUnsure = false;
    }

    /** Returns whether a record was written in a transaction that is committed. */
    boolean hasSeen(SinkRecord record) {
        Long known = next.get(record.origin().partition());
        return known != null && record.origin().offset() < known;
    }

    /**
     * Moves lines on, in the transaction of the rows; the new offsets count once {@link #onCommitted} is called.
     *
     * @throws ConnectorException if another run owns a line; the transaction must be rolled back
     */
    void advance(Connection connection, Map<TopicPartition, Long> offsets) throws SQLException {
        String moving = "UPDATE " + name() + " SET " + quoted("next_offset") + " = ? WHERE " + where() + " AND "
                + quoted("task") + " = ? AND " + quoted("epoch") + " = ? AND " + quoted("next_offset") + " = ?";
        for (Map.Entry<TopicPartition, Long> each : offsets.entrySet()) {
            TopicPartition partition = each.getKey();
            Long known = next.get(partition);
            if (known == null) {
                throw new IllegalStateException("records of a partition that was not opened: " + partition);
            }
            if (each.getValue() > known
                    && execute(connection, moving, partition, List.of(each.getValue()), List.of(task, epoch, known))
                            == 0) {
                throw fenced(partition);
            }
        }
    }

    void onCommitted(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, offset) -> next.merge(partition, offset, Math::max));
        isUnsure = false;
    }

    private void insert(Connection connection, TopicPartition partition, long offset) throws SQLException {
        String text =
                sql.insert(id, List.of("connector", "topic", "topic_partition", "next_offset", "task", "epoch"), 1);
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setString(1, connector);
            statement.setString(2, partition.topic());
            statement.setInt(3, partition.partition());
            statement.setLong(4, offset);
            statement.setInt(5, task);
            statement.setLong(6, epoch);
            statement.executeUpdate();
        }
    }

    /** Sets lines as a user wants them; null takes a line away. For no run in particular. */
    void set(Connection connection, TopicPartition partition, @Nullable Long offset) throws SQLException {
        if (offset == null) {
            int unused =
                    execute(connection, "DELETE FROM " + name() + " WHERE " + where(), partition, List.of(), List.of());
            return;
        }
        String setting = "UPDATE " + name() + " SET " + quoted("next_offset") + " = ? WHERE " + where();
        if (execute(connection, setting, partition, List.of(offset), List.of()) == 0) {
            insert(connection, partition, offset);
        }
    }

    private Optional<Line> read(Connection connection, TopicPartition partition) throws SQLException {
        String reading = "SELECT " + quoted("next_offset") + ", " + quoted("task") + ", " + quoted("epoch") + " FROM "
                + name() + " WHERE " + where();
        try (PreparedStatement query = connection.prepareStatement(reading)) {
            int unused = place(query, 1, partition);
            try (ResultSet found = query.executeQuery()) {
                return found.next()
                        ? Optional.of(new Line(found.getLong(1), found.getInt(2), found.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    private int execute(
            Connection connection,
            String text,
            TopicPartition partition,
            List<? extends Number> before,
            List<? extends Number> after)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            int index = 1;
            for (Number value : before) {
                statement.setLong(index++, value.longValue());
            }
            index = place(statement, index, partition);
            for (Number value : after) {
                statement.setLong(index++, value.longValue());
            }
            return statement.executeUpdate();
        }
    }

    private int place(PreparedStatement statement, int index, TopicPartition partition) throws SQLException {
        statement.setString(index, connector);
        statement.setString(index + 1, partition.topic());
        statement.setInt(index + 2, partition.partition());
        return index + 3;
    }

    private String name() {
        return sql.names().quoted(id);
    }

    private String where() {
        return sql.each(KEY, column -> column + " = ?", " AND ");
    }

    private String quoted(String column) {
        return sql.names().quoted(column);
    }

    private ConnectorException fenced(TopicPartition partition) {
        return new ConnectorException("Cannot write partition " + partition
                + ": another run of this connector has taken it over" + " in table " + id
                + ", so that this one must not write any more. Restart this task if it is the only one.");
    }
}

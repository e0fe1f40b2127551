package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.record.SourceRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a table must look like after all that was read of it, by flat records with the key {@code id}. */
final class Replay {
    private final Map<Object, Struct> rows = new TreeMap<>();
    private final List<String> seen = new ArrayList<>();

    /** Takes records in order. */
    void take(List<SourceRecord> records) {
        for (SourceRecord record : records) {
            seen.add(record.position().offset().toString());
            if (record.key().value() instanceof Struct key) {
                Object id = key.get("id");
                if (record.value().value() instanceof Struct row) {
                    rows.put(String.valueOf(id), row);
                } else {
                    rows.remove(String.valueOf(id));
                }
            }
        }
    }

    /** Returns the positions that came, in order. */
    List<String> positions() {
        return List.copyOf(seen);
    }

    /** Returns the rows. */
    Map<Object, Struct> rows() {
        return rows;
    }

    /** Compares id and text column {@code v} of every row. */
    void assertEquals(Connection connection, String table) throws SQLException {
        Map<Object, Object> expected = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("select id, v from " + table)) {
            while (all.next()) {
                expected.put(all.getString(1), String.valueOf(all.getString(2)));
            }
        }
        Map<Object, Object> found = new TreeMap<>();
        rows.forEach((id, row) -> found.put(id, String.valueOf(row.get("v"))));
        Map<Object, Object> wrong = new TreeMap<>(found);
        wrong.entrySet().removeAll(expected.entrySet());
        assertThat(wrong).as("rows that the table does not have").isEmpty();
        expected.entrySet().removeAll(found.entrySet());
        assertThat(expected).as("rows of the table that are missing").isEmpty();
    }

    static Struct value(SourceRecord record) {
        return (Struct) Objects.requireNonNull(record.value().value());
    }

    static Struct key(SourceRecord record) {
        return (Struct) Objects.requireNonNull(record.key().value());
    }

    static String header(SourceRecord record, String name) {
        return String.valueOf(
                record.headers().last(name).map(SchemaAndValue::value).orElse(null));
    }
}

package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.JdbcSinkConnector;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSinkTaskContext;
import dev.sluice.testkit.task.SinkTaskHarness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records, tasks and looks at tables for tests of the sink. */
final class SinkFixture {
    static final String TOPIC = "orders";
    static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final Opening opening;
    private final Map<String, String> settings;
    private final FakeSinkTaskContext context = new FakeSinkTaskContext();
    private long offset;

    /** Opens a connection for the test to look by. */
    interface Opening {
        Connection open() throws SQLException;
    }

    SinkFixture(Opening opening, Map<String, String> settings) {
        this.opening = opening;
        this.settings = settings;
    }

    FakeSinkTaskContext context() {
        return context;
    }

    /** Starts a task with these settings, given as name and value in turn, on top of those of the connection. */
    SinkTaskHarness start(String... more) {
        return start(context, more);
    }

    SinkTaskHarness start(FakeSinkTaskContext given, String... more) {
        Map<String, String> all = new HashMap<>(settings);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        SinkTaskHarness task = SinkTaskHarness.start(new JdbcSinkConnector(), all, given, Waiting.PATIENCE);
        try {
            task.open(PARTITION);
            return task;
        } catch (RuntimeException refused) {
            task.close();
            throw refused;
        }
    }

    /** Returns a record of the topic {@code orders}. */
    SinkRecord record(SchemaAndValue key, SchemaAndValue value) {
        return record(TOPIC, key, value);
    }

    SinkRecord record(String topic, SchemaAndValue key, SchemaAndValue value) {
        RecordCoordinates origin = new RecordCoordinates(PARTITION, offset++);
        return SinkRecord.of(origin, value).withTopic(topic).withKey(key);
    }

    SinkRecord record(Struct value) {
        return record(SchemaAndValue.NULL, SchemaAndValue.of(value.schema(), value));
    }

    /** Returns a record without a schema, as the JSON converter makes it. */
    SinkRecord json(Map<String, ?> value) {
        return record(SchemaAndValue.NULL, SchemaAndValue.schemaless(value));
    }

    SinkRecord keyed(Object key, Struct value) {
        return record(key(key), SchemaAndValue.of(value.schema(), value));
    }

    SinkRecord tombstone(Object key) {
        return record(key(key), SchemaAndValue.NULL);
    }

    private static SchemaAndValue key(Object key) {
        return key instanceof Struct struct
                ? SchemaAndValue.of(struct.schema(), struct)
                : SchemaAndValue.of(key instanceof Long ? Schema.INT64 : Schema.STRING, key);
    }

    /** Returns a struct of that schema with values in the order of its fields. */
    static Struct struct(StructSchema schema, @Nullable Object... values) {
        return Struct.ofFitting(schema, values);
    }

    /** Returns what a validation says that may connect. */
    List<String> problems(List<SinkRecord> samples, String... more) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("topics", TOPIC);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        ValidationProbe probe = new ValidationProbe(true, Duration.ofSeconds(10), samples);
        return new JdbcSinkConnector()
                .validate(all, probe).errors().stream().map(ConfigProblem::text).toList();
    }

    /** Returns the rows of a query, the columns of each joined by a bar, null as a dash. */
    List<String> query(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = opening.open();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    String text = found.getString(i);
                    row.add(text == null ? "-" : text);
                }
                rows.add(String.join("|", row));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot execute \"" + sql + "\".", failed);
        }
        return rows;
    }

    void execute(String sql) {
        try (Connection connection = opening.open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException("Cannot execute \"" + sql + "\".", failed);
        }
    }
}

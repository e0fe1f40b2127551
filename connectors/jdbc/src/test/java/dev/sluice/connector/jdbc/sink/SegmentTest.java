package dev.sluice.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import dev.sluice.connector.jdbc.dialect.Dialects;
import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.ColumnType;
import dev.sluice.connector.jdbc.table.Table;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Rows in bulk leave what rows one by one would leave. */
final class SegmentTest {
    private static final TableId ID = TableId.of("t");
    private static final Table TABLE = new Table(
            ID,
            "TABLE",
            List.of(column("id", Types.BIGINT), column("a", Types.VARCHAR), column("b", Types.VARCHAR)),
            List.of("id"));
    private static final StructSchema BOTH = schema("a", "b");
    private static final StructSchema ONE = schema("a");
    private static final Planner PLANNER = new Planner(
            Dialects.named("PostgreSQL").orElseThrow().writes(), Drift.FAIL, false, false, ZoneOffset.UTC, n -> n);
    private static final Shapes SHAPES = new Shapes("value", List.of(), true);

    private final Map<String, RowPlan> plans = new HashMap<>();

    private static Column column(String name, int code) {
        return new Column(name, new ColumnType(code, "x", 0, 0), true, Column.Fill.GIVEN, null);
    }

    private static StructSchema schema(String... names) {
        StructSchema.Builder builder = Schema.struct("Row");
        for (String name : names) {
            builder.field(name, Schema.STRING);
        }
        return builder.build();
    }

    private static Row row(long key, @Nullable StructSchema schema, String... values) {
        SchemaAndValue value =
                schema == null ? SchemaAndValue.NULL : SchemaAndValue.of(schema, Struct.ofFitting(schema, values));
        return Row.of(SinkRecord.of(new RecordCoordinates(new TopicPartition("t", 0), 0), value)
                .withKey(SchemaAndValue.of(Schema.INT64, key)));
    }

    private RowPlan plan(Row row, InsertMode mode) {
        TableRules rules = new TableRules(mode, PkMode.RECORD_KEY, List.of("id"), FieldRules.ALL, true);
        boolean isDelete = row.op() == Row.Op.DELETE;
        return plans.computeIfAbsent(
                String.valueOf(row.schema()) + mode,
                any -> PLANNER.plan(TABLE, SHAPES.of(row, rules), mode, isDelete)
                        .plan());
    }

    private void add(Batch batch, Row row, InsertMode mode) {
        if (row.op() == Row.Op.DELETE) {
            batch.delete(plan(row, mode), row);
        } else {
            batch.write(plan(row, mode), row, true);
        }
    }

    @Test
    void beginsASegmentWhereOtherColumnsOfAKeyFollow() {
        Batch batch = new Batch();
        add(batch, row(1, BOTH, "x", "y"), InsertMode.UPSERT);
        add(batch, row(2, ONE, "x"), InsertMode.UPSERT);
        assertThat(batch.segments()).hasSize(1);
        add(batch, row(1, ONE, "z"), InsertMode.UPSERT);
        assertThat(batch.segments()).hasSize(2);
    }

    @Test
    void beginsASegmentWhereADeleteFollowsAnInsert() {
        Batch batch = new Batch();
        add(batch, row(1, ONE, "x"), InsertMode.INSERT);
        add(batch, row(1, null), InsertMode.INSERT);
        add(batch, row(1, ONE, "y"), InsertMode.INSERT);
        assertThat(batch.segments()).hasSize(2);
        assertThat(batch.segments().get(1).deletes()).hasSize(1);
        assertThat(batch.segments().get(1).writes()).hasSize(1);
    }

    @RepeatedTest(200)
    void leavesWhatRowsOneByOneLeave(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        Map<Long, Map<String, String>> expected = new HashMap<>();
        Map<Long, Map<String, String>> bulk = new HashMap<>();
        Batch batch = new Batch();
        List<String> story = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            long key = random.nextInt(4);
            int choice = random.nextInt(3);
            Row row = choice == 0
                    ? row(key, null)
                    : choice == 1 ? row(key, ONE, "a" + i) : row(key, BOTH, "a" + i, "b" + i);
            story.add(key + "/" + choice);
            apply(expected, row);
            add(batch, row, InsertMode.UPSERT);
        }
        for (Segment segment : batch.segments()) {
            segment.deletes().forEach(group -> group.rows().forEach(row -> apply(bulk, row)));
            segment.writes().forEach(group -> {
                assertThat(group.rows().stream().map(Row::key))
                        .as("keys of a statement")
                        .doesNotHaveDuplicates();
                group.rows().forEach(row -> apply(bulk, row));
            });
        }
        assertThat(bulk).as("seed %s: %s", info.getCurrentRepetition(), story).isEqualTo(expected);
    }

    private static void apply(Map<Long, Map<String, String>> rows, Row row) {
        Long key = (Long) row.key();
        if (row.value() instanceof Struct struct) {
            Map<String, String> columns = rows.computeIfAbsent(key, any -> new HashMap<>());
            struct.schema().fields().forEach(field -> columns.put(field.name(), (String) struct.get(field.index())));
        } else {
            rows.remove(key);
        }
    }
}

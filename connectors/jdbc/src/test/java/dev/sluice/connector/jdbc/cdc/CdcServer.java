package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.TestingPostgres;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database with a slot of its own, and tasks that read it. */
final class CdcServer implements AutoCloseable {
    private final TestingPostgres postgres = TestingPostgres.create();
    private final String slot = "slot_" + postgres.database();

    TestingPostgres postgres() {
        return postgres;
    }

    String slot() {
        return slot;
    }

    void execute(String sql) {
        postgres.execute(sql);
    }

    /** Returns the first value of the first row, or an empty text. */
    String text(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    /** Returns the place up to which the slot was told that all is stored; empty if there is no slot. */
    String confirmed() throws SQLException {
        return text("select confirmed_flush_lsn from pg_replication_slots where slot_name = '" + slot + "'");
    }

    Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connection.url", postgres.jdbcUrl());
        settings.put("connection.user", postgres.user());
        settings.put("connection.password", postgres.password());
        settings.put("slot.name", slot);
        settings.put("status.update.interval.ms", "200");
        settings.put("heartbeat.interval.ms", "200");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    SourceTaskHarness start(FakeSourceTaskContext context, String... more) {
        return SourceTaskHarness.start(new CdcOnly(), settings(more), context, Waiting.PATIENCE);
    }

    /** Starts a task that reads the stream alone, and waits until it does. */
    SourceTaskHarness stream(String... more) {
        List<String> all = new ArrayList<>(List.of("snapshot.mode", "never"));
        all.addAll(List.of(more));
        SourceTaskHarness task = start(new FakeSourceTaskContext(), all.toArray(String[]::new));
        Waiting.until("the stream began", () -> {
            List<SourceRecord> none = task.poll();
            return none.isEmpty()
                    && text("select count(*) from pg_replication_slots where active and slot_name = '" + slot + "'")
                            .equals("1");
        });
        return task;
    }

    @Override
    public void close() throws SQLException {
        execute("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '" + slot
                + "' and active");
        Waiting.until(
                "the slot is free",
                () -> text("select count(*) from pg_replication_slots where active and slot_name = '" + slot + "'")
                        .equals("0"));
        execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '" + slot
                + "'");
        postgres.close();
    }
}

package dev.sluice.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.record.SourceRecord;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeSourceTaskContext;
import dev.sluice.testkit.server.TestingPostgres;
import dev.sluice.testkit.task.SourceTaskHarness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A connector that changes its mode gives the same keys, values and schemas, so that its readers notice nothing. */
class JdbcParityIT {
    @Test
    void givesTheSameRecordsByQueriesAndByCapture() {
        try (TestingPostgres postgres = TestingPostgres.create()) {
            postgres.execute("create type mood as enum ('sad', 'ok'); create domain small as numeric(5, 1) not null;"
                    + " create table types (id int, sub uuid, b bool, i2 int2 not null, i8 int8, f4 float4, f8 float8,"
                    + " n numeric(20, 4), u numeric, m money, tx text, vc varchar(10), ch char(5), by bytea, d date,"
                    + " ti time, ts timestamp, tz timestamptz, iv interval, j json, jb jsonb, e mood, ia int[], ta text[],"
                    + " na numeric(6,2)[], r int4range, net inet, b1 bit(1), b3 bit(3), dom small, x xml, pt point, s serial,"
                    + " primary key (sub, id));"
                    + " insert into types values (1, '00000000-0000-0000-0000-000000000001', true, -1,"
                    + " 9223372036854775807, 1.5, '-Infinity', 1234567890123456.789, 3.14159, '-12.34', E'a\\tb\\n\\\\', 'vc',"
                    + " 'ch', '\\x00ff5c09', '0044-03-15 BC', '23:59:59.123456', '2024-02-29 12:00:00.000001',"
                    + " '2024-02-29 12:00:00.123456+02', '1 year 2 days 03:04:05.6', '{\"a\": 1}', '{\"b\":[1]}', 'ok',"
                    + " '{1,NULL,3}', '{\"a,b\",\"q\\\"\"}', '{1.5}', '[1,5)', '10.0.0.1', B'1', B'101', 5, '<a/>',"
                    + " '(1,2)')");
            SourceRecord queried = first(postgres, "bulk");
            SourceRecord captured = first(postgres, "cdc");
            assertThat(captured.topic()).isEqualTo(queried.topic());
            assertThat(captured.key()).isEqualTo(queried.key());
            assertThat(captured.value().schema()).isEqualTo(queried.value().schema());
            assertThat(captured.value()).isEqualTo(queried.value());
            postgres.execute(
                    "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'parity'");
        }
    }

    private static SourceRecord first(TestingPostgres postgres, String mode) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connection.url", postgres.jdbcUrl());
        settings.put("connection.user", postgres.user());
        settings.put("connection.password", postgres.password());
        settings.put("mode", mode);
        settings.put("table.whitelist", "types");
        settings.put("topic.prefix", "p.");
        settings.put("timestamp.granularity", "connect_micros");
        settings.put("slot.name", "parity");
        settings.put("task.tables", "public.types");
        try (SourceTaskHarness task = SourceTaskHarness.start(
                new JdbcSourceConnector(), settings, new FakeSourceTaskContext(), Waiting.PATIENCE)) {
            List<SourceRecord> records = task.read(1);
            return records.get(0);
        }
    }
}

package dev.sluice.connector.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.jdbc.JdbcSourceConnector;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.fake.FakeConnectorContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables that come and go while a connector runs. */
final class TableWatchIT extends PostgresCase {
    private static List<String> tables(JdbcSourceConnector connector, int tasksMax) {
        return connector.taskConfigs(tasksMax).stream()
                .map(task -> task.getOrDefault("task.tables", ""))
                .toList();
    }

    @Test
    void setsTasksUpAnewWhenTablesComeAndGo() {
        postgres.execute(
                "create table a (i int); create table b (i int); create schema other; create table other.a (i int)");
        Map<String, String> settings =
                settings("", "table.include.list", "public\\..*,other\\.a", "table.poll.interval.ms", "20");
        settings.remove("task.tables");
        FakeConnectorContext context = new FakeConnectorContext();
        JdbcSourceConnector connector = new JdbcSourceConnector();
        connector.start(context, connector.configSpec().parse(settings));
        try {
            String database = postgres.database();
            assertThat(String.join(",", tables(connector, 1))).contains("other.a", "public.a", "public.b");
            assertThat(tables(connector, 2)).hasSize(2);
            assertThat(context.reconfigurationRequestCount()).isZero();
            postgres.execute("create table c (i int)");
            Waiting.until("a new table was found", () -> context.reconfigurationRequestCount() == 1);
            assertThat(tables(connector, 9)).hasSize(4).anyMatch(table -> table.endsWith("public.c"));
            postgres.execute("drop table public.a, public.b");
            Waiting.until("tables that went were missed", () -> context.reconfigurationRequestCount() >= 2);
            Waiting.until("two are left", () -> tables(connector, 9).size() == 2);
            assertThat(context.errors()).as("of database %s", database).isEmpty();
        } finally {
            connector.stop();
        }
    }
}

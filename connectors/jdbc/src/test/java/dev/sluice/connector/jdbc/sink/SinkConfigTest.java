package dev.sluice.connector.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of Confluent, Aiven and Debezium mean the same here, and what cannot work is refused with the fix. */
final class SinkConfigTest {
    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("connection.url", "jdbc:postgresql://localhost/x");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static List<String> errors(String... more) {
        return SinkConfig.SPEC.validate(new HashMap<>(settings(more))).errors().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    @Test
    void understandsDebezium() {
        SinkConfig config = SinkConfig.of(SinkConfig.SPEC.parse(new HashMap<>(settings(
                "connection.username", "u",
                "insert.mode", "upsert",
                "primary.key.mode", "record_value",
                "primary.key.fields", "id",
                "schema.evolution", "basic",
                "collection.name.format", "c_${topic}",
                "field.include.list", "orders:id,orders:na.*",
                "flush.max.retries", "5",
                "connection.pool.min_size", "5",
                "connection.provider", "x",
                "hibernate.c3p0.timeout", "1",
                "dialect.postgres.unnest.insert.enabled", "true",
                "use.time.zone", "UTC"))));
        TableRules rules = config.rules(TableId.of("orders"));
        assertThat(rules.pkMode()).isEqualTo(PkMode.RECORD_VALUE);
        assertThat(rules.pkFields()).containsExactly("id");
        assertThat(rules.fields().column("orders", "name")).isEqualTo("name");
        assertThat(rules.fields().column("orders", "other")).isNull();
        assertThat(config.createsTables()).isTrue();
        assertThat(config.drift()).isEqualTo(Drift.EVOLVE);
        assertThat(config.retriesMax()).isEqualTo(5);
        assertThat(config.connection().properties().stringPropertyNames()).doesNotContain("pool.min_size", "provider");
    }

    @Test
    void understandsAiven() {
        SinkConfig config = SinkConfig.of(SinkConfig.SPEC.parse(new HashMap<>(settings(
                "insert.mode",
                "multi",
                "table.name.normalize",
                "true",
                "topics.to.tables.mapping",
                "a:b",
                "table.types",
                "TABLE,VIEW"))));
        assertThat(config.rules(TableId.of("b")).insert()).isEqualTo(InsertMode.MULTI);
        assertThat(errors("fields.whitelist", "a,b", "batch.size", "3000", "date.timezone", "UTC"))
                .isEmpty();
    }

    @Test
    void refusesAnUpsertWithoutAKey() {
        assertThat(errors("insert.mode", "upsert"))
                .containsExactly(
                        "Cannot upsert with pk.mode=none: it takes a key to find a row. Set pk.mode to record_key or"
                                + " record_value, and pk.fields.");
        assertThat(errors("delete.enabled", "true"))
                .containsExactly("delete.enabled: Cannot delete with pk.mode=none: it takes a key to find a row. Set"
                        + " pk.mode=record_key.");
        assertThat(errors("pk.mode", "kafka", "pk.fields", "a,b"))
                .containsExactly(
                        "Cannot use 2 names in pk.fields: with pk.mode=kafka there are three. Name the columns of"
                                + " topic, partition and offset, or leave it out.");
    }

    @Test
    void readsTheRulesOfATable() {
        SinkConfig config = SinkConfig.of(SinkConfig.SPEC.parse(new HashMap<>(settings(
                "pk.mode", "record_key",
                "table.public.orders.insert.mode", "upsert",
                "table.orders.fields.rename", "a:b",
                "table.orders.delete.enabled", "true"))));
        TableRules own = config.rules(TableId.of("public", "orders"));
        assertThat(own.insert()).isEqualTo(InsertMode.UPSERT);
        assertThat(own.deletes()).isTrue();
        assertThat(own.fields().column("t", "a")).isEqualTo("b");
        assertThat(config.rules(TableId.of("other")).insert()).isEqualTo(InsertMode.INSERT);
        assertThat(errors("table.orders.insert.mode", "replace"))
                .containsExactly(
                        "Cannot use table.orders.insert.mode: its value is none of this setting. See the setting"
                                + " without the table's name.");
    }
}

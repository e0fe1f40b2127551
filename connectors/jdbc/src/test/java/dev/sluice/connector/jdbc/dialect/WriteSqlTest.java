package dev.sluice.connector.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.jdbc.table.Column;
import dev.sluice.connector.jdbc.table.ColumnType;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The statements of each database, as its documentation wants them. */
final class WriteSqlTest {
    private static final TableId TABLE = TableId.of("my", "or\"d`e]r");
    private static final List<String> COLUMNS = List.of("id", "note");
    private static final List<String> KEY = List.of("id");

    private static WriteSql of(String name) {
        return Dialects.named(name).orElseThrow().writes();
    }

    @Test
    void upsertsInPostgres() {
        WriteSql sql = of("PostgreSQL");
        assertThat(sql.upsert(TABLE, COLUMNS, KEY, 2))
                .hasValue("INSERT INTO \"my\".\"or\"\"d`e]r\" (\"id\", \"note\") VALUES (?, ?), (?, ?)"
                        + " ON CONFLICT (\"id\") DO UPDATE SET \"note\" = EXCLUDED.\"note\"");
        assertThat(sql.upsert(TABLE, KEY, KEY, 1))
                .hasValue("INSERT INTO \"my\".\"or\"\"d`e]r\" (\"id\") VALUES (?) ON CONFLICT (\"id\") DO NOTHING");
    }

    @Test
    void copiesInPostgres() {
        CopySql copy = of("PostgreSQL").copy().orElseThrow();
        TableId stage = copy.stage(3);
        TableId table = TableId.of("t");
        assertThat(copy.into(table, COLUMNS)).isEqualTo("COPY \"t\" (\"id\", \"note\") FROM STDIN");
        assertThat(copy.createStage(stage, table, COLUMNS))
                .isEqualTo("CREATE TEMPORARY TABLE \"sluice_stage_3\" ON COMMIT DELETE ROWS AS SELECT \"id\", \"note\""
                        + " FROM \"t\" WITH NO DATA");
        assertThat(copy.upsert(table, stage, COLUMNS, KEY))
                .isEqualTo(
                        "INSERT INTO \"t\" (\"id\", \"note\") SELECT \"id\", \"note\" FROM"
                                + " \"pg_temp\".\"sluice_stage_3\" ON CONFLICT (\"id\") DO UPDATE SET \"note\" = EXCLUDED.\"note\"");
        assertThat(copy.update(table, stage, COLUMNS, KEY))
                .isEqualTo("UPDATE \"t\" t SET \"note\" = s.\"note\" FROM \"pg_temp\".\"sluice_stage_3\" s"
                        + " WHERE t.\"id\" = s.\"id\"");
        assertThat(copy.delete(table, stage, KEY))
                .isEqualTo("DELETE FROM \"t\" t USING \"pg_temp\".\"sluice_stage_3\" s WHERE t.\"id\" = s.\"id\"");
    }

    @Test
    void upsertsInMySqlAndMariaDb() {
        String expected = "INSERT INTO `my`.`or\"d``e]r` (`id`, `note`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `note` ="
                + " VALUES(`note`)";
        assertThat(of("MySQL").upsert(TABLE, COLUMNS, KEY, 1)).hasValue(expected);
        assertThat(of("MariaDB").upsert(TABLE, COLUMNS, KEY, 1)).hasValue(expected);
        assertThat(of("MySQL").literal("a\\b'c")).isEqualTo("'a\\\\b''c'");
    }

    @Test
    void upsertsInSqlite() {
        assertThat(of("SQLite").upsert(TableId.of("t"), COLUMNS, KEY, 1))
                .hasValue("INSERT INTO \"t\" (\"id\", \"note\") VALUES (?, ?) ON CONFLICT (\"id\") DO UPDATE SET"
                        + " \"note\" = EXCLUDED.\"note\"");
    }

    @Test
    void upsertsInH2() {
        assertThat(of("H2").upsert(TableId.of("t"), COLUMNS, KEY, 2))
                .hasValue("MERGE INTO \"t\" (\"id\", \"note\") KEY (\"id\") VALUES (?, ?), (?, ?)");
    }

    @Test
    void upsertsInSqlServer() {
        assertThat(of("SqlServer").upsert(TABLE, COLUMNS, KEY, 2))
                .hasValue("MERGE INTO [my].[or\"d`e]]r] WITH (HOLDLOCK) AS t USING (VALUES (?, ?), (?, ?)) AS s ([id],"
                        + " [note]) ON (t.[id] = s.[id]) WHEN MATCHED THEN UPDATE SET t.[note] = s.[note] WHEN NOT MATCHED"
                        + " THEN INSERT ([id], [note]) VALUES (s.[id], s.[note]);");
    }

    @Test
    void upsertsInOracle() {
        assertThat(of("Oracle").upsert(TableId.of("t"), COLUMNS, KEY, 1))
                .hasValue("MERGE INTO \"t\" t USING (SELECT ? \"id\", ? \"note\" FROM DUAL) s ON (t.\"id\" = s.\"id\")"
                        + " WHEN MATCHED THEN UPDATE SET t.\"note\" = s.\"note\" WHEN NOT MATCHED THEN INSERT (\"id\","
                        + " \"note\") VALUES (s.\"id\", s.\"note\")");
        assertThat(of("Oracle").hasManyRows()).isFalse();
    }

    @Test
    void hasNoUpsertInStandardSql() {
        assertThat(of("Generic").upsert(TABLE, COLUMNS, KEY, 1)).isEmpty();
        assertThat(of("Generic").update(TABLE, COLUMNS, KEY))
                .isEqualTo("UPDATE \"my\".\"or\"\"d`e]r\" SET \"note\" = ? WHERE \"id\" = ?");
        assertThat(of("Generic").delete(TABLE, COLUMNS))
                .isEqualTo("DELETE FROM \"my\".\"or\"\"d`e]r\" WHERE \"id\" = ? AND \"note\" = ?");
    }

    @Test
    void createsTables() {
        List<NewColumn> columns = List.of(
                new NewColumn("id", SqlType.of(ColumnKind.TEXT), true, null),
                new NewColumn("at", SqlType.of(ColumnKind.TIMESTAMP), true, null),
                new NewColumn("n", new SqlType(ColumnKind.DECIMAL, 0, 2, null), false, "0"));
        assertThat(List.of("PostgreSQL", "MySQL", "SQLite", "H2", "SqlServer", "Oracle", "Generic"))
                .extracting(name -> of(name).create(TableId.of("t"), columns, KEY))
                .containsExactly(
                        "CREATE TABLE \"t\" (\"id\" text NOT NULL, \"at\" timestamp, \"n\" numeric DEFAULT 0 NOT NULL,"
                                + " PRIMARY KEY (\"id\"))",
                        "CREATE TABLE `t` (`id` VARCHAR(255) NOT NULL, `at` DATETIME(6), `n` DECIMAL(65,2) DEFAULT 0 NOT"
                                + " NULL, PRIMARY KEY (`id`))",
                        "CREATE TABLE \"t\" (\"id\" TEXT NOT NULL, \"at\" TIMESTAMP, \"n\" TEXT DEFAULT 0 NOT NULL,"
                                + " PRIMARY KEY (\"id\"))",
                        "CREATE TABLE \"t\" (\"id\" VARCHAR NOT NULL, \"at\" TIMESTAMP(6), \"n\" NUMERIC(1000,2) DEFAULT 0"
                                + " NOT NULL, PRIMARY KEY (\"id\"))",
                        "CREATE TABLE [t] ([id] NVARCHAR(450) NOT NULL, [at] DATETIME2(6), [n] DECIMAL(38,2) DEFAULT 0 NOT"
                                + " NULL, PRIMARY KEY ([id]))",
                        "CREATE TABLE \"t\" (\"id\" VARCHAR2(255 CHAR) NOT NULL, \"at\" TIMESTAMP(6), \"n\" NUMBER(38,2)"
                                + " DEFAULT 0 NOT NULL, PRIMARY KEY (\"id\"))",
                        "CREATE TABLE \"t\" (\"id\" VARCHAR(255) NOT NULL, \"at\" TIMESTAMP, \"n\" DECIMAL(38,2) DEFAULT 0"
                                + " NOT NULL, PRIMARY KEY (\"id\"))");
    }

    @Test
    void changesTables() {
        Column column =
                new Column("c", new ColumnType(Types.VARCHAR, "varchar", 20, 0), false, Column.Fill.GIVEN, null);
        SqlType wider = SqlType.of(ColumnKind.WHOLE, 64);
        TableId table = TableId.of("t");
        assertThat(of("PostgreSQL").widen(table, column, wider))
                .hasValue("ALTER TABLE \"t\" ALTER COLUMN \"c\" TYPE bigint");
        assertThat(of("MySQL").widen(table, column, wider))
                .hasValue("ALTER TABLE `t` MODIFY COLUMN `c` BIGINT NOT NULL");
        assertThat(of("MySQL").dropNotNull(table, column))
                .hasValue("ALTER TABLE `t` MODIFY COLUMN `c` VARCHAR(20) NULL");
        assertThat(of("H2").widen(table, column, wider))
                .hasValue("ALTER TABLE \"t\" ALTER COLUMN \"c\" SET DATA TYPE BIGINT");
        assertThat(of("SqlServer").widen(table, column, wider))
                .hasValue("ALTER TABLE [t] ALTER COLUMN [c] BIGINT NOT NULL");
        assertThat(of("Oracle").widen(table, column, wider)).hasValue("ALTER TABLE \"t\" MODIFY (\"c\" NUMBER(19))");
        assertThat(of("SqlServer").addColumns(table, List.of(new NewColumn("x", wider, true, null))))
                .containsExactly("ALTER TABLE [t] ADD [x] BIGINT");
    }
}

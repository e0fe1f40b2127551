package dev.sluice.connector.jdbc.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.testkit.server.TestingMariaDb;
import dev.sluice.testkit.server.TestingPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TablesIT {
    @Test
    void readsATableOfPostgres() throws SQLException {
        try (TestingPostgres postgres = TestingPostgres.create();
                Connection connection = postgres.connect()) {
            postgres.execute("create table \"Odd_%Name\" (b int, \"A\" bigint generated always as identity,"
                    + " c numeric(9,2) not null default 1, d int generated always as (b * 2) stored,"
                    + " primary key (c, \"A\"))");
            postgres.execute("create table \"OddX_Name\" (other int)");

            Table table = Tables.find(connection, TableId.of("Odd_%Name")).orElseThrow();

            assertThat(table.id()).isEqualTo(new TableId(postgres.database(), "public", "Odd_%Name"));
            assertThat(table.kind()).isEqualTo("TABLE");
            assertThat(table.primaryKey()).containsExactly("c", "A");
            assertThat(table.columns()).extracting(Column::name).containsExactly("b", "A", "c", "d");
            assertThat(table.column("c").orElseThrow().type().scale()).isEqualTo(2);
            assertThat(table.columns())
                    .extracting(Column::fill)
                    .containsExactly(Column.Fill.GIVEN, Column.Fill.COUNTED, Column.Fill.GIVEN, Column.Fill.GENERATED);
            assertThat(table.columns()).extracting(Column::isNullable).containsExactly(true, false, false, true);
        }
    }

    @Test
    void prefersTheSchemaOfTheConnectionAndKnowsPartitionedTablesAndViews() throws SQLException {
        try (TestingPostgres postgres = TestingPostgres.create();
                Connection connection = postgres.connect()) {
            postgres.execute("create schema a; create table a.t (x int) ; create table public.t (y int);"
                    + " create table a.only_there (z int);"
                    + " create table parts (k int) partition by range (k); create view shown as select 1 as one");

            assertThat(Tables.find(connection, TableId.of("t")).orElseThrow().column("y"))
                    .isPresent();
            assertThat(Tables.find(connection, TableId.of("a", "t"))
                            .orElseThrow()
                            .column("x"))
                    .isPresent();
            assertThat(Tables.find(connection, TableId.of("only_there"))).isPresent();
            assertThat(Tables.find(connection, TableId.of("parts"))
                            .orElseThrow()
                            .kind())
                    .isEqualTo("PARTITIONED TABLE");
            assertThat(Tables.find(connection, TableId.of("shown"))
                            .orElseThrow()
                            .kind())
                    .isEqualTo("VIEW");
            assertThat(Tables.find(connection, TableId.of("T"))).isEmpty();
            assertThat(Tables.list(connection, null, "a", List.of("TABLE")))
                    .extracting(TableId::name)
                    .containsExactly("only_there", "t");
        }
    }

    @Test
    void readsATableOfMariaDb() throws SQLException {
        assumeTrue(TestingMariaDb.isAvailable(), "no MariaDB server on this machine");
        try (TestingMariaDb maria = TestingMariaDb.create();
                Connection connection = maria.connect()) {
            maria.execute("create table orders (id bigint unsigned auto_increment primary key, note text)");

            Table table = Tables.find(connection, TableId.of("orders")).orElseThrow();

            assertThat(table.id()).isEqualTo(new TableId(maria.database(), null, "orders"));
            assertThat(table.primaryKey()).containsExactly("id");
            assertThat(table.column("id").orElseThrow().fill()).isEqualTo(Column.Fill.COUNTED);
        }
    }

    @Test
    void readsATableOfH2AndOfSqlite() throws SQLException {
        for (String url : List.of("jdbc:h2:mem:tables", "jdbc:sqlite::memory:")) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                boolean hasRows =
                        statement.execute("create table \"orders\" (\"id\" integer primary key, \"note\" varchar(10))");
                assertThat(hasRows).isFalse();

                Table table = Tables.find(connection, TableId.of("orders")).orElseThrow();

                assertThat(table.primaryKey()).as(url).containsExactly("id");
                assertThat(table.columns()).as(url).extracting(Column::name).containsExactly("id", "note");
            }
        }
    }
}

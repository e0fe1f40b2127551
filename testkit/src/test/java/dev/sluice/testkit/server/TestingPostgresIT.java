package dev.sluice.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestingPostgresIT {
    @Test
    void runsAsAChildProcess() throws SQLException {
        assertWorks(ServerPlace.EMBEDDED);
    }

    @Test
    void runsInAContainer() throws SQLException {
        assumeTrue(ServerPlace.here() == ServerPlace.DOCKER, "no Docker daemon answers");
        assertWorks(ServerPlace.DOCKER);
    }

    private static void assertWorks(ServerPlace place) throws SQLException {
        try (TestingPostgres postgres = TestingPostgres.createAt(place)) {
            assertThat(postgres.place()).isEqualTo(place);
            postgres.execute("create table fruit (name text); insert into fruit values ('\u00e4pple'), ('pear')");
            assertThat(ask(postgres, "select count(*) from fruit")).isEqualTo("2");
            assertThat(ask(postgres, "show wal_level")).isEqualTo("logical");
        }
    }

    @Test
    void givesEveryTestADatabaseOfItsOwnOnOneServer() throws SQLException {
        try (TestingPostgres one = TestingPostgres.create();
                TestingPostgres other = TestingPostgres.create()) {
            one.execute("create table fruit (name text)");
            assertThat(ask(other, "select count(*) from pg_tables where tablename = 'fruit'"))
                    .isEqualTo("0");
            assertThat(ask(other, "select pg_postmaster_start_time()"))
                    .isEqualTo(ask(one, "select pg_postmaster_start_time()"));
        }
    }

    @Test
    void dropsTheDatabaseInSpiteOfOpenConnections() throws SQLException {
        TestingPostgres closed = TestingPostgres.create();
        try (Connection open = closed.connect();
                TestingPostgres other = TestingPostgres.create()) {
            assertThat(open.isValid(5)).isTrue();
            closed.close();
            assertThat(ask(other, "select count(*) from pg_database where datname = '" + closed.database() + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void saysWhichStatementFailed() {
        try (TestingPostgres postgres = TestingPostgres.create()) {
            assertThatThrownBy(() -> postgres.execute("select nonsense"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot execute \"select nonsense\" on the testing PostgreSQL.");
        }
    }

    private static String ask(TestingPostgres postgres, String query) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}

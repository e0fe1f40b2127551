package dev.sluice.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillablePostgresIT {
    @TempDir
    Path folder;

    @Test
    void hasWhatItHadCommittedWhenItWasKilled() throws SQLException {
        try (KillablePostgres postgres = KillablePostgres.start(folder.resolve("data"))) {
            String url = postgres.jdbcUrl();
            for (int round = 0; round < 2; round++) {
                postgres.execute("create table fruit_" + round + " as select * from generate_series(1, 1000)");
                postgres.kill();
                assertThatThrownBy(postgres::connect).isInstanceOf(SQLException.class);
                postgres.restart();
                assertThat(count(postgres, "fruit_" + round)).isEqualTo(1000);
            }
            assertThat(postgres.jdbcUrl()).isEqualTo(url);
        }
    }

    private static int count(KillablePostgres postgres, String table) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }
}

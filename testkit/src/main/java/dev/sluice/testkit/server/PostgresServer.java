package dev.sluice.testkit.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL server with logical replication on.
 *
 * @param place where it runs
 * @param address {@code host:port}
 * @param user the superuser
 * @param password its password
 * @param ending ends the server
 */
record PostgresServer(ServerPlace place, String address, String user, String password, Runnable ending)
        implements TestingServer {
    static final SharedServer<PostgresServer> SHARED =
            new SharedServer<>("PostgreSQL", PostgresServer::inDocker, PostgresServer::embedded);

    private static final String IMAGE = "postgres:17-alpine";

    private static PostgresServer inDocker() {
        @SuppressWarnings("resource") // Closed by the record that is returned.
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withCommand("postgres", "-c", "wal_level=logical", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        String address = container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
        return new PostgresServer(
                ServerPlace.DOCKER, address, container.getUsername(), container.getPassword(), container::stop);
    }

    private static PostgresServer embedded() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_connections", "200")
                .start();
        return new PostgresServer(
                ServerPlace.EMBEDDED, "localhost:" + server.getPort(), "postgres", "postgres", () -> end(server));
    }

    private static void end(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot end the embedded PostgreSQL.", failed);
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + address + "/" + database;
    }

    @Override
    public void close() {
        ending.run();
    }
}

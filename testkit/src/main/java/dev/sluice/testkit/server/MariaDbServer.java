package dev.sluice.testkit.server;

import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A MariaDB server.
 *
 * @param place where it runs
 * @param address {@code host:port}
 * @param ending ends the server
 */
record MariaDbServer(ServerPlace place, String address, Runnable ending) implements TestingServer {
    static final SharedServer<MariaDbServer> SHARED =
            new SharedServer<>("MariaDB", MariaDbServer::inDocker, MariaDbServer::installed);
    static final String USER = "sluice";
    static final String PASSWORD = "sluice";

    private static final String IMAGE = "mariadb:11";
    private static final int PORT = 3306;
    private static final Duration START = Duration.ofMinutes(1);
    private static final String READY = "ready for connections";

    private static MariaDbServer inDocker() {
        @SuppressWarnings("resource") // Closed by the record that is returned.
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv(Map.of("MARIADB_ROOT_PASSWORD", PASSWORD, "MARIADB_USER", USER, "MARIADB_PASSWORD", PASSWORD))
                .withCommand("--skip-name-resolve")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forLogMessage(".*" + READY + ".*", 2));
        container.start();
        return new MariaDbServer(
                ServerPlace.DOCKER, container.getHost() + ":" + container.getMappedPort(PORT), container::stop);
    }

    static boolean isInstalled() {
        return program("mariadbd").isPresent() && program("mariadb-install-db").isPresent();
    }

    /** Looks where Debian installs servers, too, which is not on everybody's path. */
    private static Optional<String> program(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static MariaDbServer installed() throws IOException {
        Path folder = Files.createTempDirectory("sluice-mariadb");
        Path data = folder.resolve("data");
        String user = "--user=" + System.getProperty("user.name");
        try (ProcessUnderTest install = ProcessUnderTest.command(
                        program("mariadb-install-db").orElseThrow(),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db",
                        user)
                .start()) {
            int code = install.awaitExit(START);
            if (code != 0) {
                throw new IOException("mariadb-install-db ended with code " + code + ".");
            }
        }
        // One statement a line, as the server reads it.
        Path init = Files.write(
                folder.resolve("init.sql"),
                List.of(
                        "create user '" + USER + "'@'%' identified by '" + PASSWORD + "';",
                        "grant all on *.* to '" + USER + "'@'%';"));
        int port = freePort();
        ProcessUnderTest server = ProcessUnderTest.command(
                        program("mariadbd").orElseThrow(),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--init-file=" + init,
                        "--socket=" + folder.resolve("sock"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        "--skip-name-resolve",
                        user)
                .start();
        String ready = server.awaitLine(line -> line.contains(READY), START);
        assert ready.contains(READY);
        return new MariaDbServer(ServerPlace.EMBEDDED, "127.0.0.1:" + port, () -> end(server, folder));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void end(ProcessUnderTest server, Path folder) {
        server.kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException("Cannot delete " + folder + ".", left);
        }
    }

    String jdbcUrl(String database) {
        // The driver insists on TLS otherwise, which the server on loopback does not speak.
        return "jdbc:mariadb://" + address + "/" + database + "?sslMode=disable";
    }

    @Override
    public void close() {
        ending.run();
    }
}

package dev.sluice.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.SluiceVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say and which exit code they have where they end before a worker starts. */
final class CommandLineTest {
    private static final String HERE = Path.of("").toAbsolutePath().toString();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... args) {
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = String.valueOf(args[i]);
        }
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void helpNamesTheCommandsThatAreForUsers() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("standalone, connect-standalone", "doctor", "version", "Exit codes:")
                .doesNotContain("warm-up", "plugin-index");
    }

    @Test
    void helpOfACommandSaysWhatItTakes() {
        assertThat(run("standalone", "--help")).isZero();
        assertThat(out.toString()).contains("--prune", "WORKER_FILE", "CONNECTOR_FILE");
    }

    @Test
    void withoutACommandTheyAreListed() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("Give a command.").contains("Commands:");
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearest() {
        assertThat(run("standalnoe")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: sluice standalone");
    }

    @Test
    void versionSaysBothVersions() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).startsWith("sluice " + SluiceVersion.current() + " (Java " + Runtime.version());
    }

    @Test
    void aMissingWorkerFileEndsWithTwo() {
        Path missing = folder.resolve("none.properties");

        assertThat(run("standalone", missing)).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("sluice: Cannot read worker file " + missing + ": there is no such file. Check the path; it"
                        + " starts at the working folder " + HERE + ".");
    }

    @Test
    void aSyntaxErrorEndsWithTwo() throws IOException {
        Path worker = write("w.properties", "# data\nbroker.data.dir=C:\\users\n");

        assertThat(run("connect-standalone", worker)).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "sluice: " + worker + ", line 2: Cannot read \\users: four hexadecimal digits must follow \\u."
                                + " Write \\\\ for a backslash.");
    }

    @Test
    void allProblemsOfAWorkerFileAreListed() throws IOException {
        Path worker = write("w.properties", "listeners=nowhere\nbootstrap.servers=kafka:9092\n");

        assertThat(run("standalone", worker)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("sluice: 2 problems:")
                .contains("  - Cannot use listeners=nowhere: ", "  - Cannot work with bootstrap.servers=kafka:9092: ");
    }

    @Test
    void aMissingConnectorFileEndsWithTwoBeforeAnythingIsOpened() throws IOException {
        Path worker = write("w.properties", "broker.data.dir=" + folder.resolve("data"));
        Path missing = folder.resolve("none.json");

        assertThat(run("standalone", worker, missing)).isEqualTo(2);
        assertThat(err.toString()).startsWith("sluice: Cannot read connector file " + missing + ": there is no such");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void doctorFindsNothingWrongWithAGoodPlace() throws IOException {
        Path worker = write("w.properties", "listeners=http://127.0.0.1:0\nbroker.data.dir=" + folder.resolve("data"));

        int code = run("doctor", worker);

        assertThat(out.toString())
                .contains("ok      Java ", "ok      REST can listen on http://127.0.0.1:0", "will be created")
                // The module has no installation around it, and so no plugins.
                .contains("PROBLEM key.converter: Cannot find converter JsonConverter");
        assertThat(code).isEqualTo(2);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void doctorFindsATakenPort() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path worker = write("w.properties", "listeners=http://127.0.0.1:" + other.getLocalPort());

            assertThat(run("doctor", worker)).isEqualTo(2);
            assertThat(out.toString())
                    .contains("PROBLEM REST cannot listen on http://127.0.0.1:" + other.getLocalPort() + ": Address"
                            + " already in use. Stop what listens there, or set listeners to another address.");
        }
    }

    @Test
    void doctorFindsADataDirectoryThatIsAFile() throws IOException {
        Path file = write("data", "");
        Path worker = write("w.properties", "listeners=http://127.0.0.1:0\nbroker.data.dir=" + file);

        assertThat(run("doctor", worker)).isEqualTo(2);
        assertThat(out.toString())
                .contains("PROBLEM data directory " + file + " is a file. Set broker.data.dir to a folder.");
    }

    @Test
    void doctorFindsABrokenJarAndGoesOn() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins/broken"));
        Files.writeString(plugins.resolve("a.jar"), "no jar");
        Path worker = write("w.properties", "listeners=http://127.0.0.1:0\nplugin.path=" + plugins.getParent());

        assertThat(run("doctor", worker)).isEqualTo(2);
        assertThat(out.toString()).containsPattern("warning .*a\\.jar").contains("PROBLEM key.converter");
    }

    @Test
    void aFaultOfOursIsOneLineAndExitCodeOne() {
        int code = new picocli.CommandLine(new FaultyCommand())
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler(new Complaints())
                .execute();

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "sluice: java.lang.IllegalStateException: count is 3, expected 2. This is a fault of Sluice. Run"
                                + " it again with --verbose for more.");
    }

    @picocli.CommandLine.Command(name = "faulty")
    private static final class FaultyCommand implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("count is 3, expected 2");
        }
    }

    @Test
    void keepsUsersAndTokensOfRest() throws IOException {
        Path users = folder.resolve("users");
        InputStream input = System.in;
        System.setIn(new ByteArrayInputStream("wonder\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("rest-users", "add", "alice", "--role", "operate", "--file", users))
                    .isZero();
        } finally {
            System.setIn(input);
        }
        assertThat(run("rest-users", "list", "--file", users)).isZero();
        assertThat(run("rest-tokens", "add", "robot", "--role", "READ", "--file", folder.resolve("tokens")))
                .isZero();

        assertThat(out.toString())
                .contains("User alice has role operate.", "alice  operate", "Token robot has role read.");
        assertThat(out.toString().lines().filter(line -> line.startsWith("slc_")))
                .hasSize(1);
        assertThat(Files.readString(users))
                .contains("alice:operate:pbkdf2-sha512$")
                .doesNotContain("wonder");
        assertThat(run("rest-users", "delete", "alice", "--file", users)).isZero();
        assertThat(run("rest-users", "delete", "alice", "--file", users)).isEqualTo(2);
        assertThat(err.toString()).contains("Cannot delete alice: " + users + " does not have it.");
    }

    @Test
    void usersOfRestNeedARoleThatIsOne() {
        assertThat(run("rest-users")).isEqualTo(2);
        assertThat(err.toString()).contains("Give one of add, list or delete.");
        assertThat(run("rest-users", "add", "alice")).isEqualTo(2);
        assertThat(run("rest-users", "add", "alice", "--role", "king")).isEqualTo(2);
        assertThat(run("rest-tokens", "add", "robot", "--role", "anyone", "--file", folder.resolve("t")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Cannot use --role anyone: it is nobody's.");
    }
}
